// Compiles MadrigalLedger.sol to the one form that is committed: abi, creation and runtime code.
// Usage: node compile.js FOLDER-OF-NODE-MODULES [SOURCE]; prints JSON.
"use strict";
const fs = require("fs");
const path = require("path");
const solc = require(path.resolve(process.argv[2], "solc"));

const file = process.argv[3] || path.join(__dirname, "MadrigalLedger.sol");
const name = path.basename(file);
const settings = {
  // The oldest rules that a supported chain may have: geth's Clique and GoQuorum know no later ones.
  evmVersion: "london",
  optimizer: { enabled: true, runs: 10000 },
  viaIR: true,
  // The code depends on the source's meaning alone, so that anybody can compare a chain's with ours.
  metadata: { appendCBOR: false, bytecodeHash: "none" },
};
const output = JSON.parse(
  solc.compile(
    JSON.stringify({
      language: "Solidity",
      sources: { [name]: { content: fs.readFileSync(file, "utf8") } },
      settings: {
        ...settings,
        outputSelection: { "*": { "*": ["abi", "evm.bytecode.object", "evm.deployedBytecode.object"] } },
      },
    }),
  ),
);
const problems = output.errors || [];
if (problems.length > 0) {
  console.error(problems.map((problem) => problem.formattedMessage).join("\n"));
  process.exit(1);
}
const [[contract, made]] = Object.entries(output.contracts[name]);
console.log(
  JSON.stringify(
    {
      contract,
      compiler: solc.version(),
      settings,
      abi: made.abi,
      creation: "0x" + made.evm.bytecode.object,
      runtime: "0x" + made.evm.deployedBytecode.object,
    },
    null,
    1,
  ),
);
