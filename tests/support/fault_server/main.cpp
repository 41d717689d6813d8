// The fault server as a program, for clients in other languages and for measurements. Prints its base url on
// a line of its own and serves until its standard input ends.
//
//     fault_server [KEY]
#include <cstdio>
#include <exception>
#include <iostream>
#include <string>

#include "tests/support/fault_server/fault_server.h"

int main(int count, char** arguments)
{
    try {
        plumbline::tests::FaultServerOptions options;
        options.key = count > 1 ? arguments[1] : "";
        options.records = false;
        const plumbline::tests::FaultServer server(options);
        std::cout << server.url() << std::endl;
        while (std::getchar() != EOF) {
        }
        return 0;
    } catch (const std::exception& error) {
        std::cerr << error.what() << '\n';
        return 1;
    }
}
