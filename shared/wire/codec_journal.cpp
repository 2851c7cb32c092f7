#include "shared/wire/codec_parts.h"
#include "shared/wire/phone_codes.h"

namespace zige::wire {
namespace {

constexpr std::int64_t kMaxFen = 1'000'000'000'000;  // ten thousand million yuan in one line

constexpr std::size_t kChapterFields = 5;
constexpr std::size_t kPhoneCodeFields = 3;
constexpr std::size_t kForwardFields = 8;
constexpr std::size_t kEvidenceFields = 8;
constexpr std::size_t kReversalFields = 5;

void write_before(Writer& out, const ChapterBefore& before) {
    out.array(4).uint(before.agent.value).uint(before.chapter.value).uint(before.size);
    write(out, before.hash);
}

void write_body(Writer& out, const ChapterEntry& body) {
    out.array(kChapterFields);
    write_code(out, EntryType::chapter);
    out.uint(body.agent.value).uint(body.chapter.value).text(body.software);
    if (body.before) write_before(out, *body.before);
    else out.null();
}

void write_body(Writer& out, const ContactEntry& body) {
    out.array(2);
    write_code(out, EntryType::contact);
    out.bytes(body.random);
}

void write_body(Writer& out, const FilingEntry& body) {
    out.array(2);
    write_code(out, EntryType::filing);
    out.bytes(body.filing);
}

void write_body(Writer& out, const PhoneCodeEntry& body) {
    out.array(kPhoneCodeFields);
    write_code(out, EntryType::phone_code);
    out.uint(body.serial).uint(body.days);
}

void write_body(Writer& out, const ForwardEntry& body) {
    out.array(kForwardFields);
    write_code(out, EntryType::forward);
    out.text(body.infno).text(body.msgid);
    write(out, body.message);
    out.uint(body.attempt);
    write_code(out, body.state);
    out.boolean(body.lines_unseen).text(body.infcode);
}

void write(Writer& out, const EntryName& name) { out.array(2).uint(name.chapter.value).uint(name.number); }

void write_body(Writer& out, const EvidenceEntry& body) {
    out.array(kEvidenceFields);
    write_code(out, EntryType::evidence);
    write(out, body.decision);
    write_code(out, body.kind);
    write(out, body.begun);
    write_after(out, body.ended, body.begun);
    out.text(body.record_number).text(body.text).text(body.by);
}

void write_body(Writer& out, const ReversalEntry& body) {
    out.array(kReversalFields);
    write_code(out, EntryType::reversal);
    out.array(body.decisions.size());
    for (const EntryName& name : body.decisions) write(out, name);
    out.text(body.infno).text(body.reason).text(body.by);
}

void write_people(Writer& out, const std::vector<JournaledPerson>& people) {
    out.array(people.size());
    for (const JournaledPerson& person : people) {
        out.array(5);
        write_code(out, person.role);
        out.text(person.code);
        write_code(out, person.found);
        out.uint(person.no.value);
        write_code(out, person.outcome);
    }
}

void write_judgement(Writer& out, const DecisionEntry& body) {
    write_code(out, body.judged);
    write_code(out, body.served);
    out.array(body.grounds.size());
    for (const Ground ground : body.grounds) write_code(out, ground);
    write_people(out, body.people);
    write_code(out, body.emergency);
    out.text(body.emergency_reason).text(body.emergency_by);
    write_or_null(out, body.state_hash);
    write_code(out, body.mode);
}

constexpr std::size_t kDecisionFields = 21;         // without `more`
constexpr std::size_t kLongDecisionFields = 22;     // with it

bool was_released(const DecisionEntry& body) { return !body.release_reason.empty() || !body.released_by.empty(); }
bool names_order(const DecisionEntry& body) { return !body.order_number.empty() || body.order_written; }

/// JRN-12: what few decisions have stands at the end, and only if one of it is there.
void write_more(Writer& out, const DecisionEntry& body) {
    out.array(2);
    if (was_released(body)) out.array(2).text(body.release_reason).text(body.released_by);
    else out.null();
    if (!names_order(body)) {
        out.null();
        return;
    }
    out.array(2).text(body.order_number);
    if (body.order_written) write_after(out, *body.order_written, body.fee_time);
    else out.null();
}

void read_more(Reader& in, DecisionEntry& body) {
    in.array("entry.more", 2, 2);
    if (!in.null()) {
        in.array("entry.release", 2, 2);
        body.release_reason = read_text(in, "entry.release_reason");
        body.released_by = read_text(in, "entry.released_by");
        if (in.ok() && !was_released(body)) in.fail(ErrorId::wire_bad_value, "entry.release", "says nothing");
    }
    if (!in.null()) {
        in.array("entry.order", 2, 2);
        body.order_number = read_text(in, "entry.order_number", kMaxCode);
        if (!in.null()) body.order_written = read_instant_after(in, "entry.order_written", body.fee_time);
        if (in.ok() && !names_order(body)) in.fail(ErrorId::wire_bad_value, "entry.order", "says nothing");
    }
    if (in.ok() && !was_released(body) && !names_order(body))
        in.fail(ErrorId::wire_bad_value, "entry.more", "says nothing");
}

void write_body(Writer& out, const DecisionEntry& body) {
    const bool more = was_released(body) || names_order(body);
    out.array(more ? kLongDecisionFields : kDecisionFields);
    write_code(out, EntryType::decision);
    out.text(body.claim_id).text(body.line_id).text(body.idempotency_key);
    write_code(out, body.txn);
    write_code(out, body.item);
    out.boolean(body.insured);
    write(out, body.fee_time);
    if (body.prescribed_at) write_after(out, *body.prescribed_at, body.fee_time);
    else out.null();
    out.text(body.department).text(body.med_type).integer(body.amount.value);
    write_judgement(out, body);
    if (more) write_more(out, body);
}

ChapterBefore read_before(Reader& in) {
    in.array("entry.before", 4, 4);
    ChapterBefore before;
    before.agent = read_agent_id(in, "entry.before.agent");
    before.chapter = read_chapter_no(in, "entry.before.chapter");
    before.size = in.uint("entry.before.size", kMaxSeq);
    before.hash = read_hash(in, "entry.before.hash");
    return before;
}

ChapterEntry read_chapter(Reader& in) {
    ChapterEntry body;
    body.agent = read_agent_id(in, "entry.agent");
    body.chapter = read_chapter_no(in, "entry.chapter");
    body.software = read_text(in, "entry.software");
    if (!in.null()) body.before = read_before(in);
    return body;
}

ContactEntry read_contact(Reader& in) {
    ContactEntry body;
    body.random = read_uuid(in, "entry.random");
    return body;
}

JournaledPerson read_person(Reader& in) {
    in.array("entry.people", 5, 5);
    JournaledPerson person;
    person.role = read_code<Role>(in, "entry.people.role");
    person.code = read_text(in, "entry.people.code", kMaxCode);
    person.found = read_code<PersonFound>(in, "entry.people.found");
    person.no = read_record_no(in, "entry.people.no");
    person.outcome = read_code<Outcome>(in, "entry.people.outcome");
    return person;
}

void read_judgement(Reader& in, DecisionEntry& body) {
    body.judged = read_code<Outcome>(in, "entry.judged");
    body.served = read_code<Outcome>(in, "entry.served");
    body.grounds.resize(in.array("entry.grounds", kMaxJournaledGrounds));
    for (Ground& ground : body.grounds) ground = read_code<Ground>(in, "entry.grounds");
    body.people.resize(in.array("entry.people", kMaxJournaledPeople));
    for (JournaledPerson& person : body.people) person = read_person(in);
    body.emergency = read_code<EmergencyKind>(in, "entry.emergency");
    body.emergency_reason = read_text(in, "entry.emergency_reason");
    body.emergency_by = read_text(in, "entry.emergency_by");
    body.state_hash = read_hash_or_null(in, "entry.state_hash");
    body.mode = read_code<Mode>(in, "entry.mode");
}

DecisionEntry read_decision(Reader& in, bool more) {
    DecisionEntry body;
    body.claim_id = read_text(in, "entry.claim_id", kMaxCode);
    body.line_id = read_text(in, "entry.line_id", kMaxCode);
    body.idempotency_key = read_text(in, "entry.idempotency_key", kMaxIdempotencyKey);
    body.txn = read_code<Txn>(in, "entry.txn");
    body.item = read_code<ItemClass>(in, "entry.item");
    body.insured = in.boolean("entry.insured");
    body.fee_time = read_instant(in, "entry.fee_time");
    if (!in.null()) body.prescribed_at = read_instant_after(in, "entry.prescribed_at", body.fee_time);
    body.department = read_text(in, "entry.department", kMaxCode);
    body.med_type = read_text(in, "entry.med_type", kMaxCode);
    body.amount.value = in.integer("entry.amount", -kMaxFen, kMaxFen);
    read_judgement(in, body);
    if (more) read_more(in, body);
    return body;
}

EntryName read_entry_name(Reader& in, std::string_view field) {
    in.array(field, 2, 2);
    EntryName name;
    name.chapter = read_chapter_no(in, field);
    name.number = in.uint(field, kMaxSeq, 1);
    return name;
}

EvidenceEntry read_evidence(Reader& in) {
    EvidenceEntry body;
    body.decision = read_entry_name(in, "entry.decision");
    body.kind = read_code<EmergencyKind>(in, "entry.evidence_kind");
    body.begun = read_instant(in, "entry.begun");
    body.ended = read_instant_after(in, "entry.ended", body.begun);
    if (in.ok() && body.ended < body.begun) in.fail(ErrorId::wire_bad_value, "entry.ended", "before it began");
    body.record_number = read_text(in, "entry.record_number", kMaxCode);
    body.text = read_text(in, "entry.text");
    body.by = read_text(in, "entry.by", kMaxText, 1);
    return body;
}

ReversalEntry read_reversal(Reader& in) {
    ReversalEntry body;
    body.decisions.resize(in.array("entry.decisions", kMaxReversed, 1));
    for (EntryName& name : body.decisions) name = read_entry_name(in, "entry.decisions");
    for (std::size_t i = 1; i < body.decisions.size() && in.ok(); ++i)
        if (body.decisions[i] <= body.decisions[i - 1])
            in.fail(ErrorId::wire_bad_order, "entry.decisions", "they ascend");
    body.infno = read_text(in, "entry.infno", kMaxInfno);
    body.reason = read_text(in, "entry.reason");
    body.by = read_text(in, "entry.by", kMaxText, 1);
    return body;
}

FilingEntry read_filing_entry(Reader& in) { return {read_bytes(in, "entry.filing", kMaxFilingBytes, 1)}; }

PhoneCodeEntry read_phone_code(Reader& in) {
    PhoneCodeEntry body;
    body.serial = static_cast<std::uint32_t>(in.uint("entry.serial", UINT32_MAX, 1));
    body.days = static_cast<std::uint32_t>(in.uint("entry.days", kMaxProlongationDays, 1));
    return body;
}

ForwardEntry read_forward(Reader& in) {
    ForwardEntry body;
    body.infno = read_text(in, "entry.infno", kMaxInfno, 1);
    body.msgid = read_text(in, "entry.msgid", kMaxCode, 1);
    body.message = read_hash(in, "entry.message");
    body.attempt = static_cast<std::uint32_t>(in.uint("entry.attempt", kMaxForwards, 1));
    body.state = read_code<ForwardState>(in, "entry.state");
    body.lines_unseen = in.boolean("entry.lines_unseen");
    body.infcode = read_text(in, "entry.infcode", kMaxCode);
    return body;
}

std::size_t fields_of(EntryType kind) {
    switch (kind) {
        case EntryType::chapter: return kChapterFields;
        case EntryType::decision: return kDecisionFields;
        case EntryType::phone_code: return kPhoneCodeFields;
        case EntryType::forward: return kForwardFields;
        case EntryType::evidence: return kEvidenceFields;
        case EntryType::reversal: return kReversalFields;
        case EntryType::contact:
        case EntryType::filing: break;
    }
    return 2;
}

JournalEntry read_entry(Reader& in) {
    in.array("entry", 3, 3);
    JournalEntry entry;
    entry.index = in.uint("entry.index", kMaxSeq, 1);  // JRN-1
    entry.times = read_times(in);
    const std::size_t fields = in.array("entry.body", kLongDecisionFields, 2);
    const auto kind = read_code<EntryType>(in, "entry.kind");
    if (!in.ok()) return entry;
    const bool more = kind == EntryType::decision && fields == kLongDecisionFields;
    if (fields != fields_of(kind) && !more) in.fail(ErrorId::wire_bad_type, "entry.body", "another number of fields");
    switch (kind) {
        case EntryType::chapter: entry.body = read_chapter(in); break;
        case EntryType::decision: entry.body = read_decision(in, more); break;
        case EntryType::contact: entry.body = read_contact(in); break;
        case EntryType::filing: entry.body = read_filing_entry(in); break;
        case EntryType::phone_code: entry.body = read_phone_code(in); break;
        case EntryType::forward: entry.body = read_forward(in); break;
        case EntryType::evidence: entry.body = read_evidence(in); break;
        case EntryType::reversal: entry.body = read_reversal(in); break;
    }
    return entry;
}

}  // namespace

Bytes encode(const JournalEntry& entry) {
    Writer out;
    out.array(3).uint(entry.index);
    write(out, entry.times);
    std::visit([&](const auto& body) { write_body(out, body); }, entry.body);
    return out.take();
}

Result<JournalEntry> decode_journal_entry(ByteView bytes) {
    return decode_whole(bytes, kMaxJournalEntryBytes, "entry", read_entry);
}

}  // namespace zige::wire
