// What a call used, as the server counted it or as we estimate it.
#pragma once

#include "app/base/units.h"

namespace plumbline::llm {

struct Usage {
    Tokens input;     // of the prompt, cached ones included: the server's prompt_tokens
    Tokens cached;    // of `input`, those read from the server's cache; counted once, at their own price
    Tokens output;    // of the answer, reasoning included: the server's completion_tokens
    Tokens reasoning; // of `output`
    bool estimated = false; // the server sent no usage block; marked wherever it is shown

    Usage& operator+=(const Usage& other)
    {
        input += other.input;
        cached += other.cached;
        output += other.output;
        reasoning += other.reasoning;
        estimated = estimated || other.estimated;
        return *this;
    }
};

} // namespace plumbline::llm
