// What the ledger's words mean.

/** Each kind of statement: its name, what it is for, and the step of a round that it belongs to. */
export const KINDS = {
  founding: ['Founding', 'puts the charter on the ledger', 'other'],
  enrolment: ['Enrolment', 'a member joins', 'other'],
  'initial-model': ['Initial model', 'the model that training begins with', 'other'],
  update: ['Update', 'what a member learned in a round, readable by all', 'masked'],
  'sealed-update': ['Sealed update', 'what a member learned in a round, readable by members', 'masked'],
  receipt: ['Receipt', 'a member holds attachments that lie off the ledger', 'other'],
  attestation: ['Attestation', 'a member says which model it computed', 'other'],
  vote: ['Vote', 'a member votes another one out', 'other'],
  nudge: ['Nudge', 'gives an idle ledger a later time, so that a deadline can pass', 'other'],
  'key-offer': ['Key offer', 'public keys for the next key epoch', 'other'],
  'key-seal': ['Key seal', 'secrets for each pair of members, encrypted to them', 'other'],
  'key-deal': ['Key deal', 'the key of the epoch, encrypted to each member', 'other'],
  complaint: ['Complaint', 'a member could not read what it was dealt', 'other'],
  commitment: ['Commitment', 'a member promises its masks and deals shares of them', 'committed'],
  'masked-update': ['Masked update', 'what a member learned, hidden under masks', 'masked'],
  unmasking: ['Unmasking', 'shares that open the sum, and only the sum', 'released'],
  unreadable: ['Unreadable', 'bytes that are no statement', 'other'],
};

export const STEPS = {
  committed: 'Commitment',
  masked: 'Update',
  released: 'Unmasking',
  other: 'Other statement',
  refused: 'Rejected',
};

export function kindName(kind) {
  return KINDS[kind]?.[0] ?? kind;
}

export function stepOf(kind, verdict) {
  return verdict === 'rejected' ? 'refused' : (KINDS[kind]?.[2] ?? 'other');
}

const REASONS = {
  MALFORMED: 'The bytes are no statement of this version of the protocol.',
  WRONG_CLAIM: 'It came with other claims than it makes: somebody else sent it, or it lies.',
  FOREIGN_FEDERATION: 'It belongs to another federation.',
  UNKNOWN_AUTHOR: 'Its author is not in the charter.',
  BAD_SIGNATURE: 'Its author did not sign these bytes.',
  FOREIGN_SEEN: 'Its author vouches for another history: a fork, or a member that lies.',
  STALE_SEEN: 'Its author knew too little of the history for it to count.',
  WRONG_ATTACHMENT: 'What is attached is not what it names.',
  OUT_OF_ORDER: 'The federation has no charter yet, or has one already.',
  EXCLUDED: 'The members had voted its author out.',
  NOT_ENROLLED: 'Its author has not enrolled.',
  SECOND_STATEMENT: 'Its author has said this already; the first counts.',
  WRONG_ROUND: 'It came late, or early: its round is not open.',
  NOT_IN_COHORT: 'Its author was not drawn for this round.',
  FOREIGN_MODEL: 'It names another model than the history gives.',
  WRONG_LENGTH: 'It has not one number for each parameter of the model.',
  OUT_OF_BOUND: 'A number in it is larger than the charter allows.',
  WRONG_PRIVACY: 'The charter does not allow this kind of statement.',
  WRONG_SLOT: 'It names an attempt that does not take it now.',
  BAD_KEY: 'A public key in it is none.',
  WRONG_DIGEST: 'It rests on other statements than those that count.',
  WRONG_SHARE: 'A released share is not the one that was dealt.',
  NO_EFFECT: 'It had nothing to act on: no such member, or a deadline that had not passed.',
};

export function reasonWords(reason) {
  return REASONS[reason] ?? 'It does not count.';
}

/** Words that are explained where they stand. */
export const TERMS = {
  round: 'One local training of all drawn members and one aggregation. Its outcome is the next model.',
  slot: 'One attempt to add up the updates. Where too few members speak in time, it is given up and the round is tried again in the next slot.',
  ledger: 'The log that all members share. It orders signed statements; nobody can change or remove one unnoticed.',
  entry: 'A signed statement at its position on the ledger, counted from 0.',
  digest: 'A fingerprint (SHA-256). Two models with the same digest are the same, bit for bit.',
  head: 'The number of entries and a hash over all of them. Two copies with the same head have the same history.',
  replay: 'Reading every entry from the first one and working out anew what follows from it.',
  recomputed: 'This reader computed the model from the entries itself.',
  attested: 'This reader has no key to open the sums. Enough members said that this is the model, so at least one honest one did.',
  survivors: 'The members whose masked updates are in the sum.',
  epoch: 'A period in which a fixed set of members shares the same keys.',
  charter: 'What the members signed up to: model, data, rules. Nobody can change it.',
  masked: 'Each update has random numbers added that cancel in the sum, so only the sum says something.',
  deadline: 'When a step closes even if somebody is missing. Measured in the ledger’s time.',
  minimum: 'How many members must take part at least.',
  parameters: 'The numbers that a model consists of.',
  colluders: 'How many members may pool all they know without learning a single update.',
  loss: 'How wrong the model is; smaller is better.',
  accuracy: 'The share of rows that the model puts in the right class.',
};

export const PHASES = {
  empty: 'Empty',
  enrolling: 'Enrolling',
  'awaiting-model': 'Before round 1',
  training: 'Training',
  aggregating: 'Training',
  finished: 'Finished',
  halted: 'Halted',
};

export const STAGES = {
  'offering-keys': 'The members offer keys',
  'sealing-keys': 'The members agree on keys in pairs',
  'dealing-epoch-key': 'A member deals the key of the epoch',
  committing: 'The members commit to their masks',
  masking: 'The members train and send masked updates',
  unmasking: 'The members release shares that open the sum',
  collecting: 'The members train and send updates',
};

export const MEMBER_STATES = {
  'not-enrolled': ['Not enrolled', 'waiting'],
  active: ['Active', 'good'],
  absent: ['Away', 'warn'],
  convicted: ['Convicted', 'bad'],
  excluded: ['Voted out', 'bad'],
};

export const ROUND_STATES = {
  open: ['Open', 'live'],
  closed: ['Closed', 'good'],
  discarded: ['Discarded', 'bad'],
  'given-up': ['Given up', 'bad'],
};
