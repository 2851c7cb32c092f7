#include <algorithm>
#include <optional>
#include <vector>

#include "agent/daemon/help.h"
#include "agent/daemon/local_service.h"
#include "agent/daemon/openapi.h"

namespace zige::daemon {
namespace {

/// "/v1/departures/{departure}/undo" fits "/v1/departures/3f2a/undo": braces stand for one part of a path, not empty.
/// Gives that part; empty where the pattern has no braces; nothing: it does not fit.
std::optional<std::string_view> part_of(std::string_view path, std::string_view pattern) {
    const auto open = pattern.find('{');
    if (open == std::string_view::npos) return pattern == path ? std::optional(std::string_view()) : std::nullopt;
    const std::string_view tail = pattern.substr(pattern.find('}') + 1);
    if (!path.starts_with(pattern.substr(0, open)) || !path.ends_with(tail)) return std::nullopt;
    if (path.size() <= open + tail.size()) return std::nullopt;
    const std::string_view part = path.substr(open, path.size() - open - tail.size());
    return part.find('/') == std::string_view::npos ? std::optional(part) : std::nullopt;
}

constexpr std::string_view kClaimErrors =
    "api_missing_field api_bad_field time_bad_time agent_no_copy";
constexpr std::string_view kClerkFields = "clerk?: text|null, clerk_pin?: text|null";
constexpr std::string_view kUndoErrors = "api_bad_field departure_not_found filing_not_pending agent_no_copy";

}  // namespace

struct LocalService::Route : RouteWords {
    Handler handle;  ///< null: answered beside this service (local_http), described here
};

/// All routes. The first that fits counts: what is spelled out stands before what has braces.
constexpr LocalService::Route LocalService::kRoutes[] = {
    {{"GET", "/v1/openapi.json", kEverybody, "本接口的说明（OpenAPI 3）", "this document", "", "", "OpenApi", ""},
     &LocalService::openapi},
    {{"POST", "/v1/check", kEverybody, "预检：不记录", "a preview, not recorded", "", "claim, afterwards?: bool", "CheckAnswer", kClaimErrors},
     &LocalService::check},
    {{"POST", "/v1/clear", kTill, "结算判定：先写入日志再答复", "the decision, on disk before it is answered", "", "claim",
      "ClearAnswer", "api_missing_field api_bad_field time_bad_time agent_no_copy journal_idempotency_conflict local_bad_stream"},
     &LocalService::clear},
    {{"POST", "/fsi/{infno}", kTill, "国家接口报文：判定，作网关时转发", "a message of the national interface, judged and sent on",
      "emergency?: text, reason?: text, declared_by?: text, release_reason?: text, released_by?: text, order_number?: text, "
      "order_time?: time",
      "infno: text, msgid: text, input: any", "FsiEnvelope", ""},
     nullptr},
    {{"GET", "/v1/decisions/{reference}", kTill, "按参考号查判定", "the decision that a reference names", "", "", "Decision",
      "journal_not_found"},
     &LocalService::decision},
    {{"POST", "/v1/decisions/{reference}/evidence", kTill, "补录急诊抢救证据", "evidence of an emergency", "",
      "kind: text, resc_begntime: time, resc_endtime: time, record_number?: text|null, text?: text|null, clerk?: text|null, clerk_pin?: text|null",
      "EvidenceDuty", "api_missing_field api_bad_field time_bad_time journal_not_found"},
     &LocalService::evidence},
    {{"GET", "/v1/decisions/{reference}/receipt", kTill, "一条判定的凭据", "the receipt of a decision", "", "", "Receipt",
      "journal_not_found"},
     &LocalService::receipt},
    {{"POST", "/v1/receipts/check", kEverybody, "核对凭据", "checks a receipt", "", "receipt: text", "ReceiptCheck",
      "api_missing_field api_bad_field wire_unknown_version wire_missing_field"},
     &LocalService::check_receipt},
    {{"POST", "/v1/reverse", kTill, "冲销已判定的明细", "takes cleared lines back", "",
      "references?: text[]|null, idempotency_key?: text|null, infno?: text|null, reason?: text|null, clerk?: text|null, clerk_pin?: text|null",
      "Reversal", "api_missing_field api_bad_field journal_not_found"},
     &LocalService::reverse},
    {{"POST", "/v1/orders/precheck", kEverybody, "长期医嘱哪天起会变", "from which day a running order is decided otherwise", "",
      "claim", "Precheck", kClaimErrors},
     &LocalService::precheck},
    {{"GET", "/v1/mapping", kEverybody, "没有对应到人员的代码和建议", "codes that stand for nobody, with proposals", "", "",
      "Mapping", "agent_no_copy"},
     &LocalService::mapping},
    {{"GET", "/v1/people", kClerk, "在册人员", "the staff of the institution",
      "query?: text, after?: int, limit?: int", "", "People", "api_bad_field agent_no_copy"},
     &LocalService::people},
    {{"POST", "/v1/people/pin", kClerk, "发放本人查询的一次性密码", "gives somebody a PIN for one query of his own", "",
      "person: text, clerk?: text|null, clerk_pin?: text|null", "PersonPin",
      "api_missing_field api_bad_field filing_unknown_person agent_no_copy"},
     &LocalService::give_person_pin},
    {{"GET", "/v1/people/{person}", kClerk, "一名人员", "one person", "", "", "Person", "filing_unknown_person agent_no_copy"},
     &LocalService::person},
    {{"POST", "/v1/self", kEverybody, "本人查询：代码和查询密码", "what is held of oneself, by code and PIN", "",
      "code: text, pin: text, new_pin?: text|null", "Person",
      "api_missing_field api_bad_field local_self_refused local_pin_locked local_pin_weak agent_no_copy"},
     &LocalService::self},
    {{"GET", "/v1/board", kEverybody, "公示栏：暂停、终止人员", "the public notice", "", "", "Board", ""},
     &LocalService::board},
    {{"GET", "/v1/duties", kEverybody, "待办及期限", "what is to be done, and until when", "", "", "Duties", ""},
     &LocalService::duties},
    {{"GET", "/v1/evidence", kEverybody, "待补录的急诊抢救证据及期限", "emergencies that wait for evidence", "", "",
      "EvidenceDuties", ""},
     &LocalService::evidence_duties},
    {{"GET", "/v1/status", kEverybody, "数据新旧、同步、待办", "age of the copy, syncs, duties", "", "", "Status", ""},
     &LocalService::status},
    {{"GET", "/v1/departures", kEverybody, "离职更新任务及期限", "departures with their due days", "", "", "Departures", ""},
     &LocalService::departures},
    {{"POST", "/v1/departures", kClerk, "申报离职", "files a departure", "",
      "person: text, last_day: day, reason?: text|null, clerk?: text|null, clerk_pin?: text|null", "Departure",
      "api_missing_field api_bad_field time_bad_day filing_unknown_person departure_already departure_before_registration "
      "departure_too_far_ahead agent_no_copy"},
     &LocalService::depart},
    {{"POST", "/v1/departures/{departure}/undo", kClerk, "撤回离职", "takes a departure back", "", kClerkFields, "Departure",
      kUndoErrors},
     &LocalService::undo},
    {{"POST", "/v1/departures/{departure}/confirm", kClerk, "确认动态维护窗口已更新",
      "confirms that the maintenance window was updated", "",
      "updated_on: day, number: text, replace?: bool|null, clerk?: text|null, clerk_pin?: text|null", "Departure",
      "api_missing_field api_bad_field time_bad_day departure_not_found filing_conflict agent_no_copy"},
     &LocalService::confirm},
    {{"POST", "/v1/departures/{departure}/amend", kClerk, "更正最后工作日", "another last day", "",
      "last_day: day, clerk?: text|null, clerk_pin?: text|null", "Departure",
      "api_missing_field api_bad_field time_bad_day departure_not_found filing_nothing_changes agent_no_copy"},
     &LocalService::amend},
    {{"GET", "/v1/filings", kEverybody, "全部申报及结果", "all filings and what became of them", "", "", "Filings", ""},
     &LocalService::filings},
    {{"POST", "/v1/filings", kClerk, "申报", "files something", "", "kind: text, person?: text|null, clerk?: text|null, clerk_pin?: text|null", "Filing",
      "api_missing_field api_bad_field time_bad_day filing_unknown_person filing_alias_taken agent_no_copy"},
     &LocalService::file},
    {{"GET", "/v1/filings/{filing}/code", kClerk, "电话申报码", "the code that proves a filing over the telephone", "", "",
      "Filing", "filing_not_found"},
     &LocalService::filing_code},
    {{"POST", "/v1/filings/{filing}/undo", kClerk, "撤回申报", "takes a filing back", "", kClerkFields, "Filing",
      "api_bad_field filing_not_found filing_not_pending"},
     &LocalService::take_back},
    {{"GET", "/v1/filings/{filing}", kEverybody, "一条申报", "one filing", "", "", "Filing", "filing_not_found"},
     &LocalService::filing},
    {{"POST", "/v1/duty", kTill, "药师签到、签退", "a pharmacist signs on or off", "",
      "person: text, on: bool, clerk?: text|null, clerk_pin?: text|null", "Filing",
      "api_missing_field api_bad_field filing_unknown_person filing_not_pharmacist filing_session_open "
      "filing_session_not_open agent_no_copy"},
     &LocalService::duty},
    {{"POST", "/v1/sync", kClerk, "立即同步", "syncs now", "", "nothing", "SyncReport", "net_unreachable"},
     &LocalService::sync_now},
    {{"GET", "/v1/journal/verify", kClerk, "核对判定日志", "verifies the journal", "", "", "JournalCheck", ""},
     &LocalService::verify_journal},
    {{"GET", "/v1/calendar/due", kEverybody, "某日之后第 N 个工作日", "the N-th working day after a day", "from: day, days: int",
      "", "DueDay", "api_missing_field api_bad_field time_bad_day"},
     &LocalService::calendar},
    {{"GET", "/v1/calendar/{year}", kEverybody, "某年的放假与调休", "holidays and make-up days of a year", "", "",
      "CalendarYear", "api_bad_field"},
     &LocalService::calendar},
    {{"POST", "/v1/statements", kClerk, "录入书面通知", "takes a notice of the bureau", "", "notice: text", "Statement",
      "api_missing_field api_bad_field"},
     &LocalService::add_statement},
    {{"POST", "/v1/prolong", kClerk, "录入延期码", "takes a code that was read out by telephone", "", "code: text", "Prolonged",
      "api_missing_field api_bad_field phone_code_misheard phone_code_used"},
     &LocalService::prolong},
    {{"GET", "/v1/keys", kOwner, "接口密钥清单（命令行）", "the keys, for the command line", "", "", "Keys", ""},
     &LocalService::list_keys},
    {{"POST", "/v1/keys", kOwner, "新建接口密钥（命令行）", "makes a key, for the command line", "", "name: text, role: text",
      "NewKey", "api_missing_field api_bad_field local_key_name_taken local_clerk_name_taken"},
     &LocalService::make_key},
    {{"GET", "/v1/clerks", kOwner, "经办人清单（命令行）", "the clerks, for the command line", "", "", "Clerks", ""},
     &LocalService::list_clerks},
    {{"POST", "/v1/clerks", kOwner, "新建经办人（命令行）", "adds a clerk, for the command line", "", "name: text, pin: text",
      "Clerk", "api_missing_field api_bad_field local_pin_weak local_clerk_name_taken"},
     &LocalService::add_clerk},
    {{"POST", "/v1/clerks/pin", kOwner, "重设经办人密码（命令行）", "a new PIN for a clerk, for the command line", "",
      "name: text, pin: text", "Clerk", "api_missing_field api_bad_field local_pin_weak local_clerk_not_found"},
     &LocalService::set_clerk_pin},
    {{"POST", "/v1/clerks/remove", kOwner, "停用经办人（命令行）", "removes a clerk, for the command line", "", "name: text",
      "RemovedClerk", "api_missing_field api_bad_field local_clerk_not_found"},
     &LocalService::remove_clerk},
    {{"POST", "/v1/keys/revoke", kOwner, "停用接口密钥（命令行）", "revokes a key, for the command line", "", "name: text",
      "Revoked", "api_missing_field api_bad_field local_key_not_found"},
     &LocalService::revoke_key},
};

const LocalService::Route* LocalService::find_route(const ApiRequest& request, bool& path_known) const {
    static_assert(std::ranges::all_of(kRoutes, [](const RouteWords& route) { return is_described(route); }),
                  "each route says what it takes and answers");
    path_known = false;
    for (const Route& route : kRoutes) {
        if (route.handle == nullptr || !part_of(request.path, route.path)) continue;
        if (route.method == request.method) return &route;
        path_known = true;
    }
    return nullptr;
}

std::string_view LocalService::part_in(const ApiRequest& request) const {
    bool path_known = false;
    const Route* route = find_route(request, path_known);
    return route == nullptr ? std::string_view() : part_of(request.path, route->path).value_or(std::string_view());
}

ApiAnswer LocalService::call(const ApiRequest& request) {
    bool path_known = false;
    const Route* route = find_route(request, path_known);
    if (route == nullptr)
        return error_answer(fail(path_known ? ErrorId::api_bad_method : ErrorId::api_unknown_path, "",
                                 request.method + " " + request.path));
    if ((route->roles & bit(request.caller.role)) == 0)
        return error_answer(
            fail(ErrorId::api_forbidden, "", std::string("a key of role ") + to_string(request.caller.role)));
    auto answer = (this->*route->handle)(request);
    return answer ? ApiAnswer{200, std::move(answer).value()} : error_answer(answer.error());
}

Result<Json> LocalService::openapi(const ApiRequest&) {
    return openapi_document(std::vector<RouteWords>(std::begin(kRoutes), std::end(kRoutes)), version_text());
}

}  // namespace zige::daemon
