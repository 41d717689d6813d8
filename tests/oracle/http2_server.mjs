// An HTTP/2 server of node's own: answers with the protocol it was asked in. Prints its port.
//
//     node http2_server.mjs CERTIFICATE KEY
import { readFileSync } from "node:fs";
import { createSecureServer } from "node:http2";

const [cert, key] = process.argv.slice(2).map((file) => readFileSync(file));
const server = createSecureServer({ cert, key, allowHTTP1: true }, (request, response) => {
  response.writeHead(200, { "content-type": "application/json" });
  response.end(JSON.stringify({ protocol: request.httpVersion, authorization: request.headers.authorization ?? null }));
});
server.listen(0, "127.0.0.1", () => console.log("port " + server.address().port));
process.stdin.resume().on("end", () => process.exit(0));
