/*
 * A slot of secure aggregation, and the one after it: who survives, and which shares leave a member.
 * docs/model-checking.md says which class each part mirrors, and what is left out.
 *
 * Members are 0 .. N-1; the last C of them collude. They keep no rule: what they may bring to the ledger is taken as
 * the orderer likes, and their shares of every secret are counted as known. The orderer decides what is ordered when,
 * and when deadlines pass. A set of members is a byte with a bit for each.
 *
 *   -DN=4 -DC=1 -DT=3 -DM=3    members, colluders, threshold, minimum of survivors
 *   -DFORK                     one slot on two final histories, of which each member may be shown either
 *   -DWITHOUT_...              drops a rule; see the table in docs/model-checking.md
 *   -DWITNESS_...              asserts that something is never reached that must be
 */

#define SLOTS 2
#define bit(i) (1 << (i))
#define has(set, i) (((set) >> (i)) & 1)
#define size(set) (has(set, 0) + has(set, 1) + has(set, 2) + has(set, 3) + has(set, 4))
#define contains(set, part) (((part) & ~(set)) == 0)
#define ALL (bit(N) - 1)
#define HONEST (bit(N - C) - 1)

/* The colluders hold a share of everything, and read what honest members let go, whether or not it was ordered. */
#define openable(backers) (size(backers) + C >= T)

/* Without a fork the two slots follow each other; with one they are the same slot on two histories. */
#ifdef FORK
#define HISTORIES 2
#define number(slot) 0
#define dealing(slot) 0
#else
#define HISTORIES 1
#define number(slot) (slot)
#ifdef WITHOUT_OWN_DEALING
#define dealing(slot) 0
#else
#define dealing(slot) (slot)
#endif
#endif

#define holds(property, condition) \
  if :: !(condition) -> printf("broken: "); printf(#property); printf("\n"); assert(false) :: else fi
#define unreached(what) printf("reached: "); printf(#what); printf("\n"); assert(false)

/* ---- the ledger: what everybody computes from final entries ---- */

mtype = { Committing, Masking, Unmasking, Over };
mtype stage[HISTORIES];
byte current[HISTORIES];  /* the slot under way */
byte subject[HISTORIES];  /* the model that members train from, as a number */
byte kept[HISTORIES];     /* the survivors of the last sum that members were asked to open, or none */
byte keptFor[HISTORIES];  /* its subject */

byte committed[SLOTS];    /* whose commitments count: all of them dealt */
byte may[SLOTS];          /* who may give a masked update: committed, and not barred by the subject */
byte updates[SLOTS];      /* whose masked updates are final */
byte survivors[SLOTS];    /* none until they are fixed */
byte about[SLOTS];        /* the subject */

/* The last entry, while it is not final: none, a masked update of member i as i + 1, or one after the deadline. */
#define LATE_ENTRY (N + 1)
byte tail[HISTORIES];
#ifdef FORK
byte reorgs = 0;          /* two final histories are worse */
#else
byte reorgs = 1;          /* so often the orderer may yet take the last entry back */
#endif

/* ---- the members ---- */

byte masked[SLOTS];       /* in the journal of member i, by number of the slot: its masked update, bit i */
byte released[SLOTS];     /* and its shares */
byte abstains[SLOTS];     /* lost its journal, and with it all secrets of the epoch */
byte losses = 1;          /* so many may yet lose their journal */
bool gone = false;        /* somebody went for good */

/* ---- what left the honest members, for the properties ---- */

byte left[SLOTS];               /* by dealing: whose masked vector */
byte selfShares[SLOTS * N];     /* by dealing and member: of whose self seeds */
byte keyShares[SLOTS * N];      /* and of whose recovery keys */
byte asked[SLOTS];              /* the survivors for whom shares were let go */
byte backers[SLOTS];            /* by whom */

/* SurvivorRules: the survivors are enough, and no other sum of the subject was asked for. */
#ifdef WITHOUT_MINIMUM
#define enough(set) ((set) != 0)
#else
#define enough(set) (size(set) >= M)
#endif
#ifdef WITHOUT_SUBJECT_RULE
#define free(h) true
#else
#define free(h) (kept[h] == 0 || keptFor[h] != subject[h])
#endif
#define allowed(h, set) (enough(set) && (free(h) || kept[h] == (set)))

/* ---- an honest member ---- */

/* A masked vector leaves: under one dealing never a second one. */
inline mask(i, slot) {
  masked[number(slot)] = masked[number(slot)] | bit(i);
  holds(one masked update for a dealing, !has(left[dealing(slot)], i));
  left[dealing(slot)] = left[dealing(slot)] | bit(i)
}

/* Whether T members have let go, or hold as colluders, shares of both secrets of dealer u. */
#define holders(shares, slot, u) (has(shares[dealing(slot) * N], u) + has(shares[dealing(slot) * N + 1], u) \
  + (N - C > 2 -> has(shares[dealing(slot) * N + (N - C > 2 -> 2 : 0)], u) : 0) \
  + (N - C > 3 -> has(shares[dealing(slot) * N + (N - C > 3 -> 3 : 0)], u) : 0))
#define exposed(slot, u) (u < N - C && holders(selfShares, slot, u) + C >= T && holders(keyShares, slot, u) + C >= T)

/* Shares leave that open the sum over the set: of survivors' self seeds, of the recovery keys of the others. */
inline release(i, slot, set) {
  released[number(slot)] = released[number(slot)] | bit(i);
  selfShares[dealing(slot) * N + i] = selfShares[dealing(slot) * N + i] | (committed[slot] & (set));
#ifdef WITHOUT_KINDS
  keyShares[dealing(slot) * N + i] = keyShares[dealing(slot) * N + i] | committed[slot];
#else
  keyShares[dealing(slot) * N + i] = keyShares[dealing(slot) * N + i] | (committed[slot] & ~(set));
#endif
  holds(never both kinds, (selfShares[dealing(slot) * N + i] & keyShares[dealing(slot) * N + i]) == 0);
  holds(the same survivors for all, asked[slot] == 0 || asked[slot] == (set));
  asked[slot] = (set);
  backers[slot] = backers[slot] | bit(i);
  holds(at least m survivors, size(set) >= M && size((set) & HONEST) >= 2);
  holds(one secret of a member stays closed,
      !exposed(slot, 0) && !exposed(slot, 1) && !exposed(slot, 2) && !exposed(slot, 3));
  holds(one sum of a subject, about[0] != about[1] || asked[0] == 0 || asked[1] == 0 || asked[0] == asked[1]
      || !openable(backers[0]) || !openable(backers[1]));
#ifdef WITNESS_DROPOUT
  if :: openable(backers[slot]) && asked[slot] != committed[slot] -> unreached(a sum without one who committed)
     :: else fi
#endif
#ifdef WITNESS_HISTORIES
  if :: backers[0] & ~backers[1] && backers[1] & ~backers[0] && asked[0] != asked[1] -> unreached(two histories)
     :: else fi
#endif
#ifdef WITNESS_AGAIN
  if :: about[0] == about[1] && openable(backers[0]) && openable(backers[1]) -> unreached(a sum twice)
     :: else fi
#endif
#ifdef WITNESS_NEXT
  if :: about[0] != about[1] && openable(backers[1]) && asked[0] != asked[1] -> unreached(another model and other survivors)
     :: else fi
#endif
}

/* The power fails and the journal is lost. The member says nothing in this epoch, nor can it: its secrets are lost. */
inline lose(i) {
  losses--;
#ifdef WITHOUT_ABSTENTION
  masked[0] = masked[0] & ~bit(i); masked[1] = masked[1] & ~bit(i);
  released[0] = released[0] & ~bit(i); released[1] = released[1] & ~bit(i)
#else
  abstains[0] = abstains[0] | bit(i);
  if :: number(current[0]) == 1 -> abstains[1] = abstains[1] | bit(i) :: else fi
#endif
}

#define owesMask(i, slot) (has(may[slot], i) && !has(masked[number(slot)], i) && !has(abstains[number(slot)], i))
#ifdef WITHOUT_JOURNAL
#define hasReleased(i, slot) has(backers[slot], i)
#else
#define hasReleased(i, slot) has(released[number(slot)], i)
#endif
#define mayRelease(i, slot) (committed[slot] != 0 && !hasReleased(i, slot) && !has(abstains[number(slot)], i))

/* What the set would be if the last entry were final and closed the window; none if it would not. */
#define whole(set, slot) (contains(set, may[slot]) -> (set) : 0)
#define early(h) (tail[h] == 0 -> 0 : (tail[h] == LATE_ENTRY -> updates[current[h]] : \
  whole((updates[current[h]] | bit(tail[h] - 1)), current[h])))

#ifdef FORK
#define isMasking(slot) (stage[slot] == Masking)
#else
#define isMasking(slot) (stage[0] == Masking && current[0] == slot)
#endif

/* What a member may say in a slot, as late as it likes: it may be behind with reading while the ledger has moved on. */
#define works(i, slot) \
  :: atomic { isMasking(slot) && owesMask(i, slot) -> mask(i, slot) } \
  :: atomic { survivors[slot] != 0 && mayRelease(i, slot) -> release(i, slot, survivors[slot]) }

proctype Honest(byte i) {
#ifdef WITHOUT_FINALITY
  byte seen;
#endif
end:
  do
  works(i, 0)
  works(i, 1)
#ifdef WITHOUT_FINALITY
  :: atomic { stage[0] == Masking && mayRelease(i, current[0]) && early(0) != 0 && allowed(0, early(0)) ->
       seen = early(0); release(i, current[0], seen); seen = 0 }
#endif
#ifdef WITHOUT_LEDGER_TIME
  /* Closes the window by its own clock. */
  :: atomic { stage[0] == Masking && mayRelease(i, current[0]) && allowed(0, updates[current[0]]) ->
       release(i, current[0], updates[current[0]]) }
#endif
  :: atomic { losses > 0 -> lose(i) }
#ifdef LEAVING
  :: atomic { !gone -> gone = true; break }
#endif
  od
}

/* ---- the orderer, and what follows from what it ordered ---- */

/* A member without a journal is back in the next epoch, which may begin with any slot, and must after some. */
inline nextSlot(h, mayGoOn) {
#ifdef FORK
  stage[h] = Over
#else
  if
  :: current[h] + 1 == SLOTS -> stage[h] = Over
  :: else ->
     if :: mayGoOn -> abstains[current[h] + 1] = abstains[current[h]] :: true fi;
     current[h] = current[h] + 1;
     stage[h] = Committing
  fi
#endif
}

/* ConfidentialProgress.committing: who dealt is settled in one step. */
inline closeCommitments(h) {
  set = 0;
  i = 0;
  do
  :: i < N && !has(abstains[number(current[h])], i) -> set = set | bit(i); i++
#ifndef WITHOUT_DEADLINES
  :: i < N -> i++
#endif
  :: i == N -> break
  od;
  about[current[h]] = subject[h];
  if
  :: size(set) >= M ->
     committed[current[h]] = set;
     may[current[h]] = (free(h) -> set : set & kept[h]);
     stage[h] = Masking
  :: else -> nextSlot(h, false)
  fi;
  set = 0;
  i = 0
}

/* ConfidentialProgress.masking: the survivors are those whose updates are there. */
inline closeMasking(h) {
  if
  :: allowed(h, updates[current[h]]) ->
     survivors[current[h]] = updates[current[h]];
#ifndef WITHOUT_EARLY_SUBJECT
     kept[h] = survivors[current[h]];
     keptFor[h] = subject[h];
#endif
     stage[h] = Unmasking
  :: else -> nextSlot(h, true)
  fi
}

inline settle(h) {
  if
  :: tail[h] == LATE_ENTRY -> tail[h] = 0; closeMasking(h)
  :: else ->
     updates[current[h]] = updates[current[h]] | bit(tail[h] - 1);
     tail[h] = 0;
     if :: contains(updates[current[h]], may[current[h]]) -> closeMasking(h) :: else fi
  fi
}

/* ConfidentialProgress.opened: the next model, or the same one where the sum was garbage. */
inline open(h) {
  kept[h] = survivors[current[h]];
  keptFor[h] = subject[h];
  if
  :: subject[h] = subject[h] + 1
  :: skip
  fi;
  nextSlot(h, true)
}

#define mayOrder(h, i) (has(may[current[h]], i) && !has(updates[current[h]], i) \
  && (i >= N - C || has(left[dealing(current[h])], i)))
#define orders(h, i) \
  :: atomic { i < N && stage[h] == Masking && tail[h] == 0 && mayOrder(h, i) -> tail[h] = i + 1 }

#ifdef WITHOUT_WINDOW
/* A late update counts as long as the slot is open. */
#define ordersLate(h, i) \
  :: atomic { i < N && stage[h] == Unmasking && mayOrder(h, i) -> \
       updates[current[h]] = updates[current[h]] | bit(i); survivors[current[h]] = updates[current[h]] }
#endif

proctype Ledger(byte h) {
  byte set, i;
  do
  :: atomic { stage[h] == Over -> break }
#ifdef WITHOUT_DEADLINES
  :: atomic { stage[h] == Committing && !gone && abstains[number(current[h])] == 0 -> closeCommitments(h) }
#else
  :: atomic { stage[h] == Committing -> closeCommitments(h) }
  :: atomic { stage[h] == Masking && tail[h] == 0 -> tail[h] = LATE_ENTRY }
  :: atomic { stage[h] == Unmasking -> nextSlot(h, false) }
#endif
  orders(h, 0)
  orders(h, 1)
  orders(h, 2)
  orders(h, 3)
#ifdef WITHOUT_WINDOW
  ordersLate(h, 0)
  ordersLate(h, 1)
  ordersLate(h, 2)
  ordersLate(h, 3)
#endif
  :: atomic { tail[h] != 0 -> settle(h) }
  :: atomic { tail[h] != 0 && reorgs > 0 -> reorgs--; tail[h] = 0 }
  :: atomic { stage[h] == Unmasking && openable(backers[current[h]]) -> open(h) }
  od
}

#ifdef FORK
/* From some moment on there are two final histories. What was on the ledger is on both. */
proctype Fork() {
end:
  atomic {
    stage[0] != Over && tail[0] == 0 ->
    stage[1] = stage[0];
    current[1] = 1;
    subject[1] = subject[0];
    kept[1] = kept[0];
    keptFor[1] = keptFor[0];
    committed[1] = committed[0];
    may[1] = may[0];
    updates[1] = updates[0];
    survivors[1] = survivors[0];
    asked[1] = asked[0];
    backers[1] = backers[0];
    about[1] = about[0];
    run Ledger(1)
  }
}
#endif

init {
  atomic {
    byte i = 0;
    stage[0] = Committing;
    do
    :: i < N - C -> run Honest(i); i++
    :: else -> break
    od;
    i = 0;
    run Ledger(0);
#ifdef FORK
    run Fork()
#endif
  }
}
