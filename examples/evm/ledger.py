"""Reads a ledger on an Ethereum network through its contract's ABI, and sends to it what the program has signed.

    python ledger.py URL CONTRACT members        the members' accounts, and the votes against each
    python ledger.py URL CONTRACT models         the digest of each round's model, and how many attest it
    python ledger.py URL CONTRACT log            every entry: position, time, author, digest
    python ledger.py URL CONTRACT submit FILE    sends a file of 'madrigal vote exclude ... --sign-only FILE'
                                                 from the account whose key is in MADRIGAL_EVM_KEY

Needs web3 (requirements.txt). It believes the node at URL, which the program does not.
"""

import hashlib
import json
import os
import pathlib
import sys
import time

from web3 import Web3

ABI = pathlib.Path(__file__).parents[2] / "ledger-evm/src/main/resources/org/madrigal/ledger/evm/MadrigalLedger.json"
REACH = 5_000  # blocks: what Besu tells of at once
NONE = bytes(32)


def members(contract):
    """The place, the account, the votes against it, and whether it was voted out, of each member."""
    for place in range(contract.functions.members().call()):
        account = contract.functions.memberAt(place).call()
        votes = contract.functions.votesAgainst(place).call()
        out = contract.functions.lastSecond(place).call() > 0
        yield place, account, votes, out


def models(contract):
    """The round, the digest that most members attest, and how many do; round 0 is the initial model."""
    for number in range(1_000_000):
        digest, attesting = contract.functions.models(number).call()
        if digest == NONE:
            return
        yield number, digest, attesting


def entries(web3, contract):
    """Every entry, in order, with its statement checked against its digest."""
    last = web3.eth.block_number
    for first in range(0, last + 1, REACH):
        until = min(last, first + REACH - 1)
        for event in contract.events.Appended.get_logs(from_block=first, to_block=until):
            entry = event["args"]
            if hashlib.sha256(entry["signed"]).digest() != entry["statement"]:
                sys.exit(f"Entry {entry['position']} is not what the contract has hashed; ask another node.")
            yield entry


def submit(web3, contract, path):
    """Sends a signed statement, waits for its block, and finds it in the log."""
    transaction = json.loads(pathlib.Path(path).read_text())
    if transaction["to"] != contract.address or transaction["chainId"] != web3.eth.chain_id:
        sys.exit(f"{path} is for the contract {transaction['to']} on chain {transaction['chainId']}.")
    _, arguments = contract.decode_function_input(transaction["data"])
    account = web3.eth.account.from_key(os.environ["MADRIGAL_EVM_KEY"])
    call = contract.functions.append(arguments["signed"], arguments["claims"], arguments["attachment"])
    filled = call.build_transaction({"from": account.address, "nonce": web3.eth.get_transaction_count(account.address)})
    sent = web3.eth.send_raw_transaction(account.sign_transaction(filled).raw_transaction)
    receipt = web3.eth.wait_for_transaction_receipt(sent, timeout=120)
    (event,) = contract.events.Appended().process_receipt(receipt)
    return event["args"], receipt


def main(url, address, command, *more):
    web3 = Web3(Web3.HTTPProvider(url))
    abi = json.loads(ABI.read_text())["abi"]
    contract = web3.eth.contract(address=Web3.to_checksum_address(address), abi=abi)
    if command == "members":
        for place, account, votes, out in members(contract):
            print(place, account, f"{votes} votes against it{', voted out' if out else ''}")
    elif command == "models":
        for number, digest, attesting in models(contract):
            print(number, digest.hex(), f"attested by {attesting}")
    elif command == "log":
        for entry in entries(web3, contract):
            when = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(entry["time"] / 1000))
            print(entry["position"], when, entry["author"], entry["statement"].hex(), entry["head"].hex())
    elif command == "submit":
        entry, receipt = submit(web3, contract, *more)
        print(f"entry {entry['position']} in block {receipt['blockNumber']}, for {receipt['gasUsed']} gas")
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    if len(sys.argv) < 4:
        sys.exit(__doc__)
    main(*sys.argv[1:])
