// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.20;

/// A token for the sandbox's local chains and the tests. Anybody may mint it: it is worth nothing.
/// With `feePpm` it delivers less than is sent, as some real tokens do.
contract TestToken {
    string public name;
    string public symbol;
    uint8 public immutable decimals;
    uint256 public immutable feePpm;
    uint256 public totalSupply;
    mapping(address => uint256) public balanceOf;
    mapping(address => mapping(address => uint256)) public allowance;

    event Transfer(address indexed from, address indexed to, uint256 value);
    event Approval(address indexed owner, address indexed spender, uint256 value);

    constructor(string memory symbol_, uint8 decimals_, uint256 feePpm_) {
        name = symbol_;
        symbol = symbol_;
        decimals = decimals_;
        feePpm = feePpm_;
    }

    function mint(address to, uint256 value) external {
        totalSupply += value;
        balanceOf[to] += value;
        emit Transfer(address(0), to, value);
    }

    function approve(address spender, uint256 value) external returns (bool) {
        allowance[msg.sender][spender] = value;
        emit Approval(msg.sender, spender, value);
        return true;
    }

    function transfer(address to, uint256 value) external returns (bool) {
        move(msg.sender, to, value);
        return true;
    }

    function transferFrom(address from, address to, uint256 value) external returns (bool) {
        allowance[from][msg.sender] -= value;
        move(from, to, value);
        return true;
    }

    /// Many transfers in one transaction: a log for each.
    function transferMany(address[] calldata to, uint256[] calldata values) external {
        for (uint256 i = 0; i < to.length; i++) move(msg.sender, to[i], values[i]);
    }

    function move(address from, address to, uint256 value) private {
        uint256 fee = value * feePpm / 1_000_000;
        balanceOf[from] -= value;
        balanceOf[to] += value - fee;
        totalSupply -= fee;
        emit Transfer(from, to, value - fee);
    }
}

/// A wallet contract that pays by an inner call: its payments leave neither a log nor a value in the transaction.
contract Forwarder {
    receive() external payable {}

    function pay(address payable to, uint256 value) external {
        (bool done, ) = to.call{value: value}("");
        require(done, "not paid");
    }
}
