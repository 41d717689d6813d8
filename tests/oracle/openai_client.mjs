// The official client library against a server: prints one line of JSON for each thing it was asked to do.
//
//     node openai_client.mjs BASE_URL KEY
import OpenAI from "openai";

const [baseURL, apiKey] = process.argv.slice(2);
const client = new OpenAI({ baseURL, apiKey, maxRetries: 0, timeout: 10000 });
const at = (prefix) => new OpenAI({ baseURL: baseURL.replace("/v1", prefix + "/v1"), apiKey, maxRetries: 0, timeout: 10000 });
const messages = [{ role: "user", content: "Grüße in die Runde" }];
const print = (what, value) => console.log(JSON.stringify({ what, ...value }));

const whole = await client.chat.completions.create({ model: "echo", messages });
print("whole", { text: whole.choices[0].message.content, tokens: whole.usage.total_tokens });

let text = "", usage = null;
for await (const chunk of await client.chat.completions.create({ model: "echo", messages, stream: true, stream_options: { include_usage: true } })) {
  text += chunk.choices[0]?.delta?.content ?? "";
  usage = chunk.usage ?? usage;
}
print("stream", { text, tokens: usage.total_tokens });

const vectors = await client.embeddings.create({ model: "letters", input: ["certificate rotation", "lunch"] });
const lengths = vectors.data.map((each) => Math.round(1000 * Math.hypot(...each.embedding)));
print("embeddings", { count: vectors.data.length, dimensions: vectors.data[0].embedding.length, lengths });

const names = [];
for await (const model of client.models.list()) names.push(model.id);
print("models", { names });

const calls = await at("/fault/tool-calls").chat.completions.create({ model: "echo", messages });
print("tool calls", { names: calls.choices[0].message.tool_calls.map((call) => call.function.name) });

for (const fault of ["401", "404", "429", "503"]) {
  try {
    await at("/fault/" + fault).chat.completions.create({ model: "echo", messages });
    print("error", { fault, kind: "none" });
  } catch (error) {
    print("error", { fault, kind: error.constructor.name, status: error.status });
  }
}
try {
  for await (const _ of await at("/fault/cut-in-event").chat.completions.create({ model: "echo", messages, stream: true })) {}
  print("error", { fault: "cut-in-event", kind: "none" });
} catch (error) {
  print("error", { fault: "cut-in-event", kind: "broken" });
}
