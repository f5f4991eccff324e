// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// The ledger of one federation. Its members append signed statements, which it orders, times and
/// hashes but cannot read; docs/ledger-evm.md tells why each part is as it is.
///
/// Whoever deploys it names the members once, in the charter's order. From then on nobody can change
/// its code, its members or what was appended: there is no owner. It never calls another contract and
/// holds no money.
///
/// The history is that of every ledger of the protocol:
///
///     head(0)   = sha256("madrigal/history/1" || federation)
///     head(i+1) = sha256(head(i) || sha256(statement i) || time i)      time: 8 bytes, milliseconds
///
/// It begins with entry 0, or goes on where another ledger of the federation ended.
contract MadrigalLedger {
    /// The most bytes of a statement.
    uint256 public constant MAX_STATEMENT = 262_144;
    /// The most bytes of a part: what one account's code holds, with the byte before it.
    uint256 public constant MAX_PART = 24_575;

    /// What the author says of its statement, for the sake of this contract, which cannot read it. The
    /// members compare it with the statement; a statement with other claims does not count.
    struct Claims {
        /// How many entries the author had read, and the head after them.
        uint64 seen;
        bytes32 seenHash;
        /// The place of the member to exclude, plus one; 0: this is no vote.
        uint16 against;
        /// The round whose model the statement attests, and the model's digest; a digest of 0: none.
        uint64 round;
        bytes32 model;
    }

    /// What goes with a statement: the pieces that its author has sent. A length of 0: nothing.
    struct Attachment {
        bytes32 digest;
        uint64 length;
        /// run(n), with run(0) = 0 and run(i+1) = sha256(run(i) || sha256(piece i)).
        bytes32 run;
    }

    /// The pieces of a member's attachment so far. Each member has one attachment under way.
    struct Upload {
        bytes32 digest;
        bytes32 run;
        /// The SHA-256 of the last piece.
        bytes32 last;
        uint64 pieces;
        uint64 length;
    }

    /// The parts of a member's statement so far, as the code of accounts. One is under way at a time.
    struct Draft {
        bytes32 digest;
        uint64 length;
        address[] parts;
    }

    /// The leading model of a round.
    struct Model {
        bytes32 digest;
        uint16 members;
    }

    /// Where the history goes on that this contract orders; position 0: it begins here.
    struct Origin {
        uint64 position;
        bytes32 head;
        /// The time of the entry before, in milliseconds.
        uint64 time;
    }

    event Appended(
        uint64 indexed position,
        uint16 indexed author,
        bytes32 indexed statement,
        uint64 time,
        bytes32 head,
        Claims claims,
        Attachment attachment,
        bytes signed
    );
    event Piece(uint16 indexed author, bytes32 indexed attachment, uint64 index, bytes content);
    event VotedOut(uint16 indexed member, uint64 lastSecond);

    error NotAMember(address sender);
    error Silenced(uint16 member, uint64 lastSecond);
    error AlreadyThere(bytes32 statement, uint64 position);
    error ForeignSeen(uint64 position, bytes32 hash);
    error WrongSequence(uint64 expected, uint64 given);
    error WrongDigest(bytes32 expected, bytes32 given);
    error WrongLength(uint64 least, uint64 most, uint64 given);
    error WrongVote(uint16 against);
    error WrongMembers();
    error ClockBehind(uint64 time);

    /// The digest of the charter.
    bytes32 public federation;
    /// How many members' votes exclude one.
    uint16 public votes;
    /// For how many seconds who was voted out may still write, to end what it takes part in.
    uint64 public grace;
    /// The most bytes of an attachment.
    uint64 public maxAttachment;
    /// The number of entries.
    uint64 public position;
    /// The number of members.
    uint16 public members;
    /// The position of the first entry here, and the time that none is before.
    uint64 public start;
    uint64 public startTime;

    mapping(uint64 position => bytes32 head) public heads;
    mapping(uint16 place => address member) public memberAt;
    mapping(address member => Upload upload) public uploads;
    /// The last second in which a member may write; 0 for those who were not voted out.
    mapping(uint16 place => uint64 time) public lastSecond;
    mapping(uint16 place => uint16 count) public votesAgainst;
    mapping(uint64 round => mapping(bytes32 model => uint16 count)) public attesting;
    mapping(uint64 round => Model model) public models;

    mapping(address member => uint16 place) private places; // plus one
    mapping(address member => Draft draft) private drafts;
    mapping(uint16 place => mapping(bytes32 statement => uint64 position)) private known; // plus one
    mapping(uint16 place => mapping(uint16 voter => bool cast)) private voted;
    mapping(uint64 round => mapping(uint16 place => bool done)) private attested;

    constructor(
        bytes32 federation_,
        address[] memory members_,
        uint16 votes_,
        uint64 grace_,
        uint64 maxAttachment_,
        Origin memory origin
    ) {
        if (members_.length < 2 || members_.length > 300 || votes_ == 0 || votes_ >= members_.length) {
            revert WrongMembers();
        }
        federation = federation_;
        votes = votes_;
        grace = grace_;
        maxAttachment = maxAttachment_;
        members = uint16(members_.length);
        for (uint16 place = 0; place < members_.length; place++) {
            address member = members_[place];
            if (member == address(0) || places[member] != 0) {
                revert WrongMembers();
            }
            places[member] = place + 1;
            memberAt[place] = member;
        }
        heads[0] = sha256(abi.encodePacked("madrigal/history/1", federation_));
        if (origin.position != 0) {
            if (block.timestamp * 1000 < origin.time) {
                revert ClockBehind(origin.time);
            }
            position = origin.position;
            start = origin.position;
            startTime = origin.time;
            heads[origin.position] = origin.head;
        }
    }

    /// Appends a statement.
    function append(bytes calldata signed, Claims calldata claims, Attachment calldata attachment) external {
        uint16 author = writer();
        enter(author, sha256(signed), signed, claims, attachment);
    }

    /// Appends a statement that is too long for one transaction: its parts, and then the rest of it.
    function appendDraft(
        bytes32 statement,
        bytes calldata rest,
        Claims calldata claims,
        Attachment calldata attachment
    ) external {
        uint16 author = writer();
        bytes memory signed = drafted(statement, rest);
        bytes32 digest = sha256(signed);
        if (digest != statement) {
            revert WrongDigest(digest, statement);
        }
        delete drafts[msg.sender];
        enter(author, digest, signed, claims, attachment);
    }

    /// Keeps a part of a long statement; part 0 begins anew.
    function part(bytes32 statement, uint64 index, bytes calldata content) external {
        writer();
        Draft storage draft = drafts[msg.sender];
        if (index == 0) {
            delete drafts[msg.sender];
            draft.digest = statement;
        }
        if (draft.digest != statement) {
            revert WrongDigest(draft.digest, statement);
        }
        if (draft.parts.length != index) {
            revert WrongSequence(uint64(draft.parts.length), index);
        }
        checkLength(content.length, 1, MAX_PART);
        draft.length += uint64(content.length);
        checkLength(draft.length, 1, MAX_STATEMENT);
        draft.parts.push(keep(content));
    }

    /// Takes a piece of an attachment; piece 0 begins anew.
    function piece(bytes32 attachment, uint64 index, bytes calldata content) external {
        uint16 author = writer();
        Upload storage upload = uploads[msg.sender];
        if (index == 0) {
            delete uploads[msg.sender];
            upload.digest = attachment;
        }
        if (upload.digest != attachment) {
            revert WrongDigest(upload.digest, attachment);
        }
        if (upload.pieces != index) {
            revert WrongSequence(upload.pieces, index);
        }
        uint256 most = maxAttachment;
        checkLength(content.length, 1, most);
        checkLength(upload.length + content.length, 1, most);
        bytes32 digest = sha256(content);
        upload.last = digest;
        upload.run = sha256(abi.encodePacked(upload.run, digest));
        upload.pieces = index + 1;
        upload.length += uint64(content.length);
        emit Piece(author, attachment, index, content);
    }

    /// Shows that a head from before this contract leads to the one that it began with, so that a
    /// statement whose author had seen it can be appended here. The path has 40 bytes for each entry
    /// from there on: the digest of its statement and its time.
    function recall(uint64 place, bytes32 hash, bytes calldata path) external {
        writer();
        bytes32 reached = hash;
        for (uint256 i = 0; i + 40 <= path.length; i += 40) {
            reached = sha256(abi.encodePacked(reached, path[i:i + 40]));
        }
        if (uint256(place) * 40 + path.length != uint256(start) * 40 || reached != heads[start]) {
            revert ForeignSeen(place, hash);
        }
        heads[place] = hash;
    }

    /// How far the history reaches: the number of its entries and their running hash.
    function head() external view returns (uint64 count, bytes32 hash) {
        return (position, heads[position]);
    }

    /// The place of a member in the charter.
    function placeOf(address member) external view returns (uint16 place) {
        if (places[member] == 0) {
            revert NotAMember(member);
        }
        return places[member] - 1;
    }

    /// Whether this member appended this statement, and where.
    function positionOf(uint16 author, bytes32 statement) external view returns (bool there, uint64 place) {
        uint64 found = known[author][statement];
        return (found != 0, found == 0 ? 0 : found - 1);
    }

    /// The parts of a member's long statement so far.
    function draftOf(address member) external view returns (bytes32 statement, uint64 parts, uint64 length) {
        Draft storage draft = drafts[member];
        return (draft.digest, uint64(draft.parts.length), draft.length);
    }

    function writer() private view returns (uint16) {
        uint16 place = places[msg.sender];
        if (place == 0) {
            revert NotAMember(msg.sender);
        }
        uint64 last = lastSecond[place - 1];
        if (last != 0 && block.timestamp > last) {
            revert Silenced(place - 1, last);
        }
        return place - 1;
    }

    function enter(
        uint16 author,
        bytes32 statement,
        bytes memory signed,
        Claims calldata claims,
        Attachment calldata attachment
    ) private {
        checkLength(signed.length, 1, MAX_STATEMENT);
        uint64 count = position;
        if (known[author][statement] != 0) {
            revert AlreadyThere(statement, known[author][statement] - 1);
        }
        if (claims.seen > count || heads[claims.seen] != claims.seenHash) {
            revert ForeignSeen(claims.seen, claims.seenHash);
        }
        take(attachment);
        uint64 time = uint64(block.timestamp) * 1000;
        bytes32 next = sha256(abi.encodePacked(heads[count], statement, time));
        position = count + 1;
        heads[count + 1] = next;
        known[author][statement] = count + 1;
        emit Appended(count, author, statement, time, next, claims, attachment, signed);
        attest(author, claims.round, claims.model);
        vote(author, claims.against);
    }

    /// Checks that the pieces are there that go with a statement, and forgets them.
    function take(Attachment calldata attachment) private {
        if (attachment.length == 0) {
            return;
        }
        Upload storage upload = uploads[msg.sender];
        if (upload.digest != attachment.digest) {
            revert WrongDigest(upload.digest, attachment.digest);
        }
        if (upload.length != attachment.length) {
            revert WrongLength(upload.length, upload.length, attachment.length);
        }
        if (upload.run != attachment.run) {
            revert WrongDigest(upload.run, attachment.run);
        }
        if (upload.pieces == 1 && upload.last != attachment.digest) {
            revert WrongDigest(upload.last, attachment.digest);
        }
        delete uploads[msg.sender];
    }

    /// The first model that a member attests in a round counts.
    function attest(uint16 author, uint64 round, bytes32 model) private {
        if (model == 0 || lastSecond[author] != 0 || attested[round][author]) {
            return;
        }
        attested[round][author] = true;
        uint16 count = attesting[round][model] + 1;
        attesting[round][model] = count;
        if (count > models[round].members) {
            models[round] = Model(model, count);
        }
    }

    function vote(uint16 author, uint16 against) private {
        if (against == 0) {
            return;
        }
        uint16 place = against - 1;
        if (place >= members || place == author) {
            revert WrongVote(against);
        }
        if (lastSecond[author] != 0 || lastSecond[place] != 0 || voted[place][author]) {
            return;
        }
        voted[place][author] = true;
        uint16 count = votesAgainst[place] + 1;
        votesAgainst[place] = count;
        if (count >= votes) {
            uint64 last = uint64(block.timestamp) + grace;
            lastSecond[place] = last;
            emit VotedOut(place, last);
        }
    }

    /// The parts of the sender's long statement, and the rest after them.
    function drafted(bytes32 statement, bytes calldata rest) private view returns (bytes memory signed) {
        Draft storage draft = drafts[msg.sender];
        if (draft.digest != statement) {
            revert WrongDigest(draft.digest, statement);
        }
        checkLength(draft.length + rest.length, 1, MAX_STATEMENT);
        signed = new bytes(draft.length + rest.length);
        uint256 end = 32;
        for (uint256 i = 0; i < draft.parts.length; i++) {
            address from = draft.parts[i];
            uint256 length = from.code.length - 1;
            assembly ("memory-safe") {
                extcodecopy(from, add(signed, end), 1, length)
            }
            end += length;
        }
        assembly ("memory-safe") {
            calldatacopy(add(signed, end), rest.offset, rest.length)
        }
    }

    /// Content as the code of an account that begins with STOP, so that it does nothing when called.
    function keep(bytes calldata content) private returns (address place) {
        bytes memory code = abi.encodePacked(
            hex"61", // PUSH2 length, DUP1, PUSH1 10, RETURNDATASIZE (0), CODECOPY, RETURNDATASIZE, RETURN
            uint16(content.length + 1),
            hex"80600a3d393df3",
            hex"00", // STOP
            content
        );
        assembly ("memory-safe") {
            place := create(0, add(code, 32), mload(code))
        }
        require(place != address(0));
    }

    function checkLength(uint256 given, uint256 least, uint256 most) private pure {
        if (given < least || given > most) {
            revert WrongLength(uint64(least), uint64(most), uint64(given));
        }
    }
}
