{ Declarations of zige.h for Delphi 2009 and later and for Free Pascal (-Mdelphi). The fields of each record stand as in
  the header. Texts are PAnsiChar: UTF-8, or GBK where the options say ZIGE_GBK. Records go by pointers: `const` means
  another thing to each compiler. }
unit Zige;

{$IFDEF FPC}{$PACKRECORDS C}{$ELSE}{$ALIGN 8}{$ENDIF}
{$MINENUMSIZE 4}

interface

const
{$IFDEF MSWINDOWS}
  ZigeLibrary = 'zige.dll';
{$ELSE}
  ZigeLibrary = 'zige';
{$ENDIF}

  ZIGE_OK = 0;
  ZIGE_GBK = 1;
  ZIGE_ENGLISH = 2;
  ZIGE_MAX_PEOPLE = 8;
  ZIGE_MAX_GROUNDS = 16;
  ZIGE_TXN_OUTPATIENT_FEES = 1;
  ZIGE_ROLE_ORDERING = 1;
  ZIGE_TEXT_GROUND = 2;
  ZIGE_TEXT_ADVICE = 3;
  ZIGE_E_AGENT_BUSY = -4002;
  ZIGE_E_FILE_PERMISSION = -8005;
  ZIGE_KIND_INVALID = 1;
  ZIGE_KIND_UNTRUSTED = 4;

type
  { As wide as the machine's addresses, in Delphi 2009 too. }
  TZigeSize = {$IFDEF FPC}PtrUInt{$ELSE}{$IFDEF WIN64}UInt64{$ELSE}Cardinal{$ENDIF}{$ENDIF};
  PZigeAgent = Pointer;

  TZigeError = record
    code, kind: Integer;
    field: array [0..119] of AnsiChar;
    reason: array [0..319] of AnsiChar;
    next: array [0..319] of AnsiChar;
    detail: array [0..255] of AnsiChar;
  end;
  PZigeError = ^TZigeError;

  TZigeOpenOptions = record
    size, flags: Cardinal;
    data_dir, anchor: PAnsiChar;
    fetch, log, user: Pointer;
  end;
  PZigeOpenOptions = ^TZigeOpenOptions;

  TZigeConnectOptions = record
    size, flags: Cardinal;
    data_dir, address, key: PAnsiChar;
    timeout_ms, slow_ms: Integer;
    log, user: Pointer;
  end;
  PZigeConnectOptions = ^TZigeConnectOptions;

  TZigePerson = record
    code: PAnsiChar;
    role: Integer;
  end;

  TZigeLine = record
    line_id, fee_time, prescribed_time, department, med_type: PAnsiChar;
    amount_fen: Int64;
    item_class, uninsured, emergency_kind: Integer;
    emergency_reason, emergency_declared_by: PAnsiChar;
    people: array [0..ZIGE_MAX_PEOPLE - 1] of TZigePerson;
    visit, item_code, order_number, order_time: PAnsiChar;
    release_reason, released_by, ordering_name: PAnsiChar;
  end;
  PZigeLine = ^TZigeLine;

  TZigeClaim = record
    size: Cardinal;
    transaction: Integer;
    claim_id, idempotency_key: PAnsiChar;
    lines: PZigeLine;
    line_count, line_size: Cardinal;
  end;
  PZigeClaim = ^TZigeClaim;

  TZigeGround = record
    ground, outcome, person, freed: Integer;
    from, end_, nominal_end: array [0..11] of AnsiChar;
    article, document: array [0..127] of AnsiChar;
  end;

  TZigeVerdict = record
    role, found, outcome: Integer;
    name: array [0..63] of AnsiChar;
  end;

  TZigeDecision = record
    outcome, may_settle, judged, advice, cost_to_patient, freshness: Integer;
    age_seconds, number: Int64;
    reference: array [0..7] of AnsiChar;
    error: Integer;
    ground_count, grounds_left_out: Cardinal;
    grounds: array [0..ZIGE_MAX_GROUNDS - 1] of TZigeGround;
    people: array [0..ZIGE_MAX_PEOPLE - 1] of TZigeVerdict;
  end;
  PZigeDecision = ^TZigeDecision;

  TZigeAnswer = record
    size, decision_size: Cardinal;
    decisions: PZigeDecision;
    decision_count: Cardinal;
    outcome, may_settle, repeated: Integer;
    unanswered, duties_due, chapter: Cardinal;
    mode, clock_unknown, clock_suspect: Integer;
    institution: array [0..23] of AnsiChar;
    decided_at, as_of: array [0..19] of AnsiChar;
  end;
  PZigeAnswer = ^TZigeAnswer;

function zige_agent_open(out agent: PZigeAgent; options: PZigeOpenOptions; err: PZigeError): Integer;
  {$IFDEF WIN32}stdcall{$ELSE}cdecl{$ENDIF}; external ZigeLibrary;
function zige_agent_connect(out agent: PZigeAgent; options: PZigeConnectOptions; err: PZigeError): Integer;
  {$IFDEF WIN32}stdcall{$ELSE}cdecl{$ENDIF}; external ZigeLibrary;
procedure zige_agent_close(var agent: PZigeAgent); {$IFDEF WIN32}stdcall{$ELSE}cdecl{$ENDIF}; external ZigeLibrary;
function zige_clear(answer: PZigeAnswer; agent: PZigeAgent; claim: PZigeClaim; err: PZigeError): Integer;
  {$IFDEF WIN32}stdcall{$ELSE}cdecl{$ENDIF}; external ZigeLibrary;
function zige_text(text: PAnsiChar; room: TZigeSize; group, code: Integer; flags: Cardinal; err: PZigeError): Integer;
  {$IFDEF WIN32}stdcall{$ELSE}cdecl{$ENDIF}; external ZigeLibrary;

implementation

end.
