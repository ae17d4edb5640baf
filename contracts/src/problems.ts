/**
 * Every refusal of the API by its code, with the names of the parameters that its sentence varies by. A client makes
 * sentences of its own from these; `detail` and `message` say the same in English.
 *
 * A parameter is a number or text. One that holds several words joins them with `, `.
 */

/** Codes of problems as a whole. */
export const problemCodes = {
  // Any route.
  bad_request: [],
  body_too_large: [],
  cross_site_request: [],
  /** `role` is the least that may: `moderator` or `admin`. */
  forbidden: ['role'],
  idempotency_key_reused: [],
  internal_error: [],
  /** `errors` says what is wrong where. */
  invalid_request: [],
  invalid_token: [],
  malformed_authorization: [],
  malformed_if_match: [],
  malformed_json: [],
  malformed_url: [],
  /** `what` is one of `things`. */
  not_found: ['what'],
  not_signed_in: [],
  other_account: [],
  overloaded: [],
  too_many_requests: ['seconds'],
  unavailable: [],
  unsupported_media_type: [],
  wrong_content_length: [],

  // Accounts.
  account_changed: [],
  account_suspended: [],
  address_taken: [],
  already_verified: [],
  badge_not_granted: [],
  busy: [],
  /** It is too late to keep the account. */
  closing_begun: [],
  domain_listed: [],
  /** `version` is the one that is kept now; 0 when there is none. */
  draft_changed: ['version'],
  invalid_credentials: [],
  last_admin: [],
  mailed_just_now: ['seconds'],
  no_password: [],
  own_account: [],
  provider_unavailable: ['provider'],
  token_expired: [],
  too_many_attempts: ['seconds'],
  too_many_drafts: ['limit'],
  totp_invalid: [],
  totp_not_set_up: [],
  totp_off: [],
  totp_on: [],
  totp_required: [],
  username_taken: [],
  wrong_password: [],

  // Profiles.
  profile_exists: [],
  /** `skill` is the one that it became part of. */
  skill_merged: ['skill'],
  /** `name` leads to `skill` already. */
  skill_name_taken: ['name', 'skill'],

  // Projects.
  /** `next` holds the states that it may go to, and is empty when there is none. */
  illegal_transition: ['from', 'to', 'next'],
  not_owner: [],
  plan_full: ['limit'],
  project_not_begun: [],
  role_taken: ['role'],
  version_conflict: [],

  // Collaborations.
  /** `how` is `accepted`, `declined`, `withdrawn`, `expired`, `role_removed` or `member_left`. */
  already_answered: ['how'],
  already_connected: [],
  /** `who` is on the team: `you` or `they`. */
  already_member: ['who'],
  /** `kind` is that of the request that waits; `from` is `you` or `they`. */
  already_pending: ['kind', 'from'],
  /** `until` is a day. */
  declined_recently: ['until'],
  not_receiver: [],
  not_sender: [],
  owner_cannot_leave: [],
  project_closed: [],
  project_completed: [],
  role_full: [],

  // Operations.
  saga_not_parked: [],

  // Analytics.
  report_not_done: [],

  // Notifications.
  too_many_mutes: ['limit'],
  // Conversations.
  conversation_closed: [],
  message_deleted: [],
  /** The client id names a message that says something else. */
  message_id_reused: [],
  not_author: [],
} as const satisfies CodeList;

/** What `not_found` may be about. */
export const things = [
  'account',
  'conversation',
  'dead_letter',
  'domain',
  'draft',
  'member',
  'notification',
  'message',
  'profile',
  'project',
  'provider',
  'report',
  'request',
  'saga',
  'session',
  'skill',
  'url',
] as const;

/** Why signing in through a provider came to nothing: `problem` in the address of the sign-in page. */
export const signInRefusals = [
  'access_denied',
  'account_suspended',
  'email_unverified',
  'identity_taken',
  'link_required',
  'provider_failed',
  'sign_in_expired',
] as const;

/** Codes of single fields, in `errors`. */
export const fieldErrorCodes = {
  // What a schema says of any field.
  does_not_fit: [],
  /** `format` is `date`, `date-time`, `email` or `uri`. */
  format: ['format'],
  maximum: ['limit'],
  minimum: ['limit'],
  not_an_id: [],
  not_one_of: ['values'],
  pattern: [],
  repeated: [],
  required: [],
  too_few: ['limit'],
  too_long: ['limit'],
  too_many: ['limit'],
  /** With a limit of 1 the field is empty. */
  too_short: ['limit'],
  /** `type` is a word of JSON schema, such as `string`. */
  type: ['type'],
  unknown_field: [],
  unstorable_name: [],
  unstorable_text: [],

  // Lists.
  beyond_pages: ['limit'],
  unknown_cursor: [],

  // Several modules: nothing but spaces, and times.
  blank: [],
  in_the_past: [],
  too_far_ahead: ['years'],

  // Accounts.
  code_expired: [],
  common_password: [],
  domain_not_listed: [],
  name_as_password: [],
  password_required: [],
  second_factor_required: [],
  token_expired: [],
  too_deep: ['limit'],
  /** `limit` is in bytes. */
  too_large: ['limit'],
  username_taken: [],
  wrong_app_code: [],
  wrong_mailed_code: [],
  wrong_password: [],

  // Profiles.
  into_itself: [],
  nameless_skill: [],
  slot_order: [],
  unknown_zone: [],
  zone_required: [],

  // Projects.
  budget_order: [],
  description_to_publish: [],
  invited_to_draft: [],
  no_such_time: [],
  repeated_role: [],
  too_many_decimals: ['currency', 'digits'],
  unknown_currency: [],
  unknown_role: [],

  // Collaborations.
  no_such_member: [],
  no_such_project: [],
  not_to_the_owner: [],
  role_without_project: [],
  to_yourself: [],

  // Analytics.
  in_the_future: [],
  range_order: [],
  range_too_long: ['years'],
} as const satisfies CodeList;

type CodeList = Record<string, readonly string[]>;

export type ProblemCode = keyof typeof problemCodes;
export type ProblemParam<C extends ProblemCode> = (typeof problemCodes)[C][number];
export type SignInRefusal = (typeof signInRefusals)[number];
export type Thing = (typeof things)[number];

export type FieldErrorCode = keyof typeof fieldErrorCodes;
export type FieldErrorParam<C extends FieldErrorCode> = (typeof fieldErrorCodes)[C][number];

export type ParamValue = string | number;
