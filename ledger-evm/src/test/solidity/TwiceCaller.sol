// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// A member that is a contract: calls another contract twice in one transaction, and then itself again.
contract TwiceCaller {
    function both(address target, bytes calldata first, bytes calldata second) external {
        call(target, first);
        call(target, second);
    }

    function call(address target, bytes calldata data) private {
        (bool done, ) = target.call(data);
        require(done);
    }
}
