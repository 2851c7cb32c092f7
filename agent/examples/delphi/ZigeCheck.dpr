{ As ../c/zige_check.c, in Delphi: ZigeCheck DATA_DIR FEE_TIME CODE... }
program ZigeCheck;

{$IFDEF MSWINDOWS}{$APPTYPE CONSOLE}{$ENDIF}

uses
  Math, Zige;

const
  kMaxLines = 500;

type
  TLines = array [0..kMaxLines - 1] of TZigeLine;
  TDecisions = array [0..kMaxLines - 1] of TZigeDecision;

var
  Lines: TLines;
  Decisions: TDecisions;
  Words: array [1..kMaxLines + 2] of AnsiString; { what the lines point to }

{ The agent of this folder: our own, or the one that runs already. }
function Reach(out Agent: PZigeAgent; DataDir: PAnsiChar; out Why: TZigeError): Integer;
var
  Own: TZigeOpenOptions;
  Running: TZigeConnectOptions;
begin
  FillChar(Own, SizeOf(Own), 0);
  Own.size := SizeOf(Own);
  Own.data_dir := DataDir;
  Result := zige_agent_open(Agent, @Own, @Why);
  if Result <> ZIGE_E_AGENT_BUSY then
    Exit;
  FillChar(Running, SizeOf(Running), 0);
  Running.size := SizeOf(Running);
  Running.data_dir := DataDir;
  Result := zige_agent_connect(Agent, @Running, @Why);
end;

function Sentence(Group, Code: Integer): AnsiString;
var
  Room: array [0..1023] of AnsiChar;
begin
  Result := '';
  if zige_text(Room, SizeOf(Room), Group, Code, 0, nil) = ZIGE_OK then
    Result := PAnsiChar(@Room);
end;

procedure Show(Number: Integer; const Line: TZigeDecision);
begin
  Write(Number, ' ', Line.outcome, ' ', Line.may_settle, ' [');
  if Line.ground_count > 0 then
    Write(Sentence(ZIGE_TEXT_GROUND, Line.grounds[0].ground), '] [', PAnsiChar(@Line.grounds[0].document))
  else
    Write('] [');
  WriteLn('] [', Sentence(ZIGE_TEXT_ADVICE, Line.advice), '] ', PAnsiChar(@Line.reference));
end;

function Ask(Agent: PZigeAgent; Count: Integer; out Why: TZigeError): Integer;
var
  Claim: TZigeClaim;
  Answer: TZigeAnswer;
  I: Integer;
begin
  for I := 0 to Count - 1 do
  begin
    Lines[I].fee_time := PAnsiChar(Words[2]);
    Lines[I].amount_fen := 1250;
    Lines[I].people[0].code := PAnsiChar(Words[3 + I]);
    Lines[I].people[0].role := ZIGE_ROLE_ORDERING;
  end;
  FillChar(Claim, SizeOf(Claim), 0);
  Claim.size := SizeOf(Claim);
  Claim.transaction := ZIGE_TXN_OUTPATIENT_FEES;
  Claim.claim_id := 'JS20261120-0017';
  Claim.lines := @Lines[0];
  Claim.line_count := Count;
  Claim.line_size := SizeOf(TZigeLine);
  FillChar(Answer, SizeOf(Answer), 0);
  Answer.size := SizeOf(Answer);
  Answer.decisions := @Decisions[0];
  Answer.decision_count := Count;
  Answer.decision_size := SizeOf(TZigeDecision);
  Result := 3;
  if zige_clear(@Answer, Agent, @Claim, @Why) <> ZIGE_OK then
    Exit;
  for I := 0 to Count - 1 do
    Show(I + 1, Decisions[I]);
  if Answer.may_settle = 1 then
    Result := 0
  else
    Result := 1;
end;

var
  Agent: PZigeAgent;
  Why: TZigeError;
  I: Integer;
begin
  { Delphi traps floating point errors that C and C++ go on after: no library of theirs may run with the traps on. }
  SetExceptionMask([exInvalidOp, exDenormalized, exZeroDivide, exOverflow, exUnderflow, exPrecision]);
  if (ParamCount < 3) or (ParamCount > kMaxLines + 2) then
  begin
    WriteLn(ErrOutput, 'usage: ZigeCheck DATA_DIR FEE_TIME CODE...');
    Halt(2);
  end;
  for I := 1 to ParamCount do
    Words[I] := AnsiString(ParamStr(I));
  Agent := nil;
  ExitCode := 3;
  if Reach(Agent, PAnsiChar(Words[1]), Why) = ZIGE_OK then
    ExitCode := Ask(Agent, ParamCount - 2, Why);
  if ExitCode = 3 then
  begin
    { No bill will ever be answered while the call, the key or the way to the agent is wrong: no `unchecked`. }
    if (Why.kind = ZIGE_KIND_INVALID) or (Why.kind = ZIGE_KIND_UNTRUSTED) or (Why.code = ZIGE_E_FILE_PERMISSION) then
      ExitCode := 4;
    if ExitCode = 4 then
      Write('fault: ')
    else
      Write('unchecked: ');
    WriteLn(PAnsiChar(@Why.reason), ' ', PAnsiChar(@Why.field), ' ', PAnsiChar(@Why.next));
  end;
  zige_agent_close(Agent);
end.
