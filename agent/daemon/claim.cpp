#include "agent/daemon/claim.h"

#include <set>

#include "agent/daemon/money.h"
#include "shared/domain/codes_of_people.h"

namespace zige::daemon {
namespace {

constexpr std::size_t kMaxShort = 30;     // of codes and numbers, as in the national interface
constexpr std::size_t kMaxItemCode = 150;  // medins_list_codg

/// Fields that carry a person, and the role in which they do. 2101 and 2102: bilg_dr_codg is the outside prescriber.
struct PersonField {
    std::string_view field;
    Role role;
};
constexpr PersonField kPersonFields[] = {
    {"bilg_dr_codg", Role::ordering},
    {"drord_dr_codg", Role::ordering},
    {"orders_dr_code", Role::executing},
    {"acord_dr_code", Role::executing},
    {"nurs_code", Role::nurse},
    {"atddr_no", Role::attending},
    {"dise_dor_no", Role::diagnosing},
    {"chfpdr_code", Role::chief},
    {"resp_nurs_code", Role::responsible_nurse},
    {"oper_dr_code", Role::surgeon},
    {"anst_dr_code", Role::anaesthetist},
    {"phar_prac_cert_no", Role::pharmacist},
    {"opter", Role::settlement_operator},
};

bool is_pharmacy(Txn txn) { return txn == Txn::pharmacy_presettlement || txn == Txn::pharmacy_settlement; }

}  // namespace

bool names_who_ordered(Txn txn) { return txn == Txn::outpatient_fees || txn == Txn::inpatient_fees; }

Role role_in(Txn txn, Role role) { return is_pharmacy(txn) && role == Role::ordering ? Role::prescriber : role; }

/// Reads one claim. Values of a line stand before those of the claim.
class ClaimReader {
public:
    explicit ClaimReader(const Json& body) : body_(body) {}

    Result<ClaimText> read() {
        if (body_.members() == nullptr) return fail(ErrorId::api_bad_field, "", "the body must be an object");
        ZIGE_CHECK(read_claim());
        const Json* lines = body_.find("feedetail");
        if (lines == nullptr) return fail(ErrorId::api_missing_field, "feedetail");
        if (lines->items() == nullptr || lines->items()->empty() || lines->items()->size() > agent::kMaxLinesPerClaim)
            return fail(ErrorId::api_bad_field, "feedetail",
                        "an array of 1 to " + std::to_string(agent::kMaxLinesPerClaim) + " lines");
        std::set<std::string_view> ids;
        for (std::size_t i = 0; i < lines->items()->size(); ++i) {
            line_ = &(*lines->items())[i];
            prefix_ = "feedetail[" + std::to_string(i) + "].";
            ZIGE_TRY(line, read_line(i + 1));
            if (!ids.insert(line.line_id).second)
                return fail(ErrorId::api_bad_field, prefix_ + "feedetl_sn", "given twice");
            claim_.lines_.push_back(std::move(line));
        }
        return std::move(claim_);
    }

private:
    struct Found {
        const Json* value = nullptr;
        std::string name;  // with the path, for errors
    };

    /// The member in the line, else in the claim; null and "" count as missing.
    Found find(std::string_view key) const {
        if (line_ != nullptr)
            if (const Json* value = present(*line_, key)) return {value, prefix_ + std::string(key)};
        if (const Json* value = present(body_, key)) return {value, std::string(key)};
        return {nullptr, prefix_ + std::string(key)};
    }
    static const Json* present(const Json& object, std::string_view key) {
        const Json* value = object.find(key);
        if (value == nullptr || value->is_null()) return nullptr;
        return value->text() != nullptr && value->text()->empty() ? nullptr : value;
    }

    static Result<std::string> text(const Found& found, std::size_t max_bytes) {
        return text_or_digits(found.value, found.name, max_bytes);
    }
    Result<std::string> text(std::string_view key, std::size_t max_bytes) const { return text(find(key), max_bytes); }

    std::string_view keep(std::string value) { return claim_.texts_.emplace_back(std::move(value)); }

    Result<void> read_claim() {
        ZIGE_TRY(claim_id, text("claim_id", kMaxShort));
        if (claim_id.empty()) {
            ZIGE_TRY(visit, text("mdtrt_id", kMaxShort));
            claim_id = std::move(visit);
        }
        ZIGE_TRY(key, text("idempotency_key", kMaxIdempotencyKey));
        claim_.claim_id_ = std::move(claim_id);
        claim_.idempotency_key_ = std::move(key);
        return {};
    }

    Result<agent::ClaimLine> read_line(std::size_t position) {
        if (line_->members() == nullptr)
            return fail(ErrorId::api_bad_field, prefix_.substr(0, prefix_.size() - 1), "must be an object");
        agent::ClaimLine line;
        ZIGE_TRY(id, text("feedetl_sn", kMaxShort));
        line.line_id = keep(id.empty() ? std::to_string(position) : std::move(id));
        ZIGE_CHECK(read_transaction(line.line));
        ZIGE_CHECK(read_time(line.line));
        ZIGE_CHECK(read_amount(line.line));
        ZIGE_CHECK(read_people(line.line));
        ZIGE_CHECK(read_emergency(line.line));
        ZIGE_CHECK(read_release(line.line));
        ZIGE_CHECK(read_order(line.line));
        ZIGE_CHECK(read_visit(line));
        ZIGE_TRY(department, text("bilg_dept_codg", kMaxShort));
        line.line.department = keep(std::move(department));
        ZIGE_TRY(med_type, text("med_type", kMaxShort));
        line.line.med_type = keep(std::move(med_type));
        return line;
    }

    Result<void> read_transaction(FeeLine& fee) {
        const Found infno = find("infno");
        ZIGE_TRY(number, text(infno, kMaxShort));
        if (number.empty()) return fail(ErrorId::api_missing_field, "infno");
        bool known = false;
        for (const Txn txn : all<Txn>()) {
            if (number != infno_of(txn)) continue;
            fee.txn = txn;
            known = true;
        }
        if (!known) return fail(ErrorId::api_bad_field, infno.name, "no transaction that is judged");
        ZIGE_CHECK(read_item(fee));
        const Found insured = find("insured");
        if (insured.value == nullptr) return {};
        if (!insured.value->boolean()) return fail(ErrorId::api_bad_field, insured.name, "true or false");
        fee.insured = *insured.value->boolean();
        return {};
    }

    /// item_class by name; else rx_flag of the pharmacy: 1 is a prescription drug, 0 is not.
    Result<void> read_item(FeeLine& fee) {
        const Found item = find("item_class");
        ZIGE_TRY(name, text(item, kMaxShort));
        if (!name.empty()) {
            const auto known = from_name<ItemClass>(name);
            if (!known) return fail(ErrorId::api_bad_field, item.name, "no such class");
            fee.item = *known;
            return {};
        }
        const Found flag = find("rx_flag");
        ZIGE_TRY(rx, text(flag, kMaxShort));
        if (rx.empty()) return {};
        if (rx != "0" && rx != "1") return fail(ErrorId::api_bad_field, flag.name, "0 or 1");
        fee.item = rx == "1" ? ItemClass::prescription_drug : ItemClass::otc_drug;
        return {};
    }

    Result<void> read_time(FeeLine& fee) {
        Found when = find("fee_ocur_time");
        if (when.value == nullptr && !names_who_ordered(fee.txn)) when = find("begntime");
        if (when.value == nullptr) return fail(ErrorId::api_missing_field, prefix_ + "fee_ocur_time");
        ZIGE_TRY(words, text(when, kMaxShort));
        ZIGE_TRY(time, parse_time(words, when.name));
        fee.fee_time = time;
        const Found prescribed = find("prsc_time");
        if (prescribed.value == nullptr) return {};
        ZIGE_TRY(prescription, text(prescribed, kMaxShort));
        ZIGE_TRY(prescribed_at, parse_time(prescription, prescribed.name));
        fee.prescribed_at = prescribed_at;
        return {};
    }

    Result<void> read_amount(FeeLine& fee) {
        const Found amount = find("det_item_fee_sumamt");
        if (amount.value == nullptr) {
            if (names_who_ordered(fee.txn)) return fail(ErrorId::api_missing_field, amount.name);
            return {};
        }
        ZIGE_TRY(yuan, text(amount, kMaxShort));
        ZIGE_TRY(fen, parse_yuan(yuan, amount.name));
        fee.amount = fen;
        return {};
    }

    Result<void> add_person(FeeLine& fee, Role role, const Found& found) {
        ZIGE_TRY(code, text(found, kMaxCodeLength));
        if (code.empty()) return {};
        if (fee.people.full())
            return fail(ErrorId::api_bad_field, found.name,
                        "more than " + std::to_string(kMaxPeoplePerLine) + " people on one line");
        fee.people.push_back({role, keep(std::move(code))});
        return {};
    }

    Result<void> read_people(FeeLine& fee) {
        for (const PersonField& person : kPersonFields)
            ZIGE_CHECK(add_person(fee, role_in(fee.txn, person.role), find(person.field)));
        ZIGE_CHECK(read_named_roles(fee));
        if (names_who_ordered(fee.txn) && (fee.people.empty() || fee.people[0].role != Role::ordering))
            return fail(ErrorId::api_missing_field, prefix_ + "bilg_dr_codg");
        return {};
    }

    /// "people": [{"role": "consultant", "code": "D4115..."}], for roles without a field of their own.
    Result<void> read_named_roles(FeeLine& fee) {
        const Found people = find("people");
        if (people.value == nullptr) return {};
        if (people.value->items() == nullptr) return fail(ErrorId::api_bad_field, people.name, "an array");
        for (std::size_t i = 0; i < people.value->items()->size(); ++i) {
            const Json& person = (*people.value->items())[i];
            const std::string name = people.name + "[" + std::to_string(i) + "].";
            ZIGE_TRY(role_name, text({present(person, "role"), name + "role"}, kMaxShort));
            const auto role = from_name<Role>(role_name);
            if (!role) return fail(ErrorId::api_bad_field, name + "role", "no such role");
            const Found code{present(person, "code"), name + "code"};
            if (code.value == nullptr) return fail(ErrorId::api_missing_field, code.name);
            ZIGE_CHECK(add_person(fee, role_in(fee.txn, *role), code));
        }
        return {};
    }

    /// "emergency": {"kind": "rescue", "reason": "...", "declared_by": "..."}; a declaration names all three.
    Result<void> read_emergency(FeeLine& fee) {
        const Found emergency = find("emergency");
        if (emergency.value == nullptr) return {};
        ZIGE_TRY(kind_name, member(emergency, "kind", kMaxShort));
        const auto kind = from_name<EmergencyKind>(kind_name);
        if (!kind || *kind == EmergencyKind::none)
            return fail(ErrorId::api_bad_field, emergency.name + ".kind", "emergency, rescue or special");
        ZIGE_TRY(reason, member(emergency, "reason", kMaxReason));
        ZIGE_TRY(by, member(emergency, "declared_by", kMaxReason));
        fee.emergency = {*kind, keep(std::move(reason)), keep(std::move(by))};
        return {};
    }

    /// A member of an object that the line or the claim holds.
    Result<std::string> member(const Found& object, std::string_view key, std::size_t max_bytes) const {
        const std::string name = object.name + "." + std::string(key);
        ZIGE_TRY(value, text({present(*object.value, key), name}, max_bytes));
        if (value.empty()) return fail(ErrorId::api_missing_field, name);
        return value;
    }

    /// 担责放行 "release": {"reason": "...", "released_by": "..."}; both are needed.
    Result<void> read_release(FeeLine& fee) {
        const Found release = find("release");
        if (release.value == nullptr) return {};
        ZIGE_TRY(reason, member(release, "reason", kMaxReason));
        ZIGE_TRY(by, member(release, "released_by", kMaxReason));
        fee.release = {keep(std::move(reason)), keep(std::move(by))};
        return {};
    }

    /// "order": {"number": "...", "time": "..."}: the order under which the line is asked.
    Result<void> read_order(FeeLine& fee) {
        const Found order = find("order");
        if (order.value == nullptr) return {};
        ZIGE_TRY(number, member(order, "number", kMaxShort));
        ZIGE_TRY(words, member(order, "time", kMaxShort));
        ZIGE_TRY(written_at, parse_time(words, order.name + ".time"));
        fee.order = {keep(std::move(number)), written_at};
        return {};
    }

    Result<void> read_visit(agent::ClaimLine& line) {
        ZIGE_TRY(visit, text("mdtrt_id", kMaxShort));
        ZIGE_TRY(item, text("med_list_codg", kMaxItemCode));
        if (item.empty()) {
            ZIGE_TRY(own, text("medins_list_codg", kMaxItemCode));
            item = std::move(own);
        }
        ZIGE_TRY(name, text("bilg_dr_name", kMaxReason));
        line.visit = {keep(std::move(visit)), keep(std::move(item))};
        line.ordering_name = keep(std::move(name));
        return {};
    }

    const Json& body_;
    const Json* line_ = nullptr;
    std::string prefix_;
    ClaimText claim_;
};

Result<ClaimText> ClaimText::read(const Json& body) { return ClaimReader(body).read(); }

}  // namespace zige::daemon
