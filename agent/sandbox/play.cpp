#include "agent/sandbox/play.h"

#include <algorithm>
#include <thread>

#include "agent/sandbox/people.h"
#include "agent/sandbox/platform_books.h"
#include "shared/base/time_digits.h"
#include "shared/domain/may_settle.h"

namespace zige::sandbox {
namespace {

using std::chrono::milliseconds;
constexpr milliseconds kSlack{3'000};  // of a machine that has other work
constexpr milliseconds kSecond{1'000};
constexpr int kPlatformMs = 3'000;

bool is_fee_message(const std::string& infno) { return infno == "2204" || infno == "2301" || infno == "2102"; }
bool is_settlement(const std::string& infno) { return infno == "2207" || infno == "2304" || infno == "2102"; }

/// The fee lines of a message.
const Json::Array* lines_of(const Received& message) {
    const Json* input = message.message.find("input");
    if (input == nullptr) return nullptr;
    for (const char* const list : {"feedetail", "drugdetail"})
        if (const Json* lines = input->find(list)) return lines->items();
    return nullptr;
}

bool names_line(const Received& message, const std::string& line_id) {
    const Json::Array* lines = lines_of(message);
    return lines != nullptr && std::ranges::any_of(*lines, [&](const Json& line) { return words_of(&line, "feedetl_sn") == line_id; });
}

}  // namespace

Play::Play(World& world, std::string case_name)
    : world_(world), name_(std::move(case_name)), region_(&world.region), platform_from_(world.platform.count()) {
    around_ = {region_->agent_url(), region_->key(), region_->agent_data().string(), world.platform.url(), "UTF-8",
               world.agent_ms, kPlatformMs * world.patience};
    not_run_ = world.broken;
    const auto end = JournalView(region_->agent_data()).end();
    if (end) journal_from_ = *end;
    else if (not_run_.empty()) not_run_ = end.error().describe();
}

Play::~Play() {
    world_.platform.faults().set({});
    disk_is_full(false);
    if (Child* agent = world_.region.agent_process()) agent->resume();
    world_.broken = "";
    const auto whole = [this](const Result<void>& done) {
        if (!done.ok() && world_.broken.empty()) world_.broken = "after " + name_ + ": " + done.error().describe();
    };
    if (world_.region.agent_process() == nullptr) whole(world_.region.start_agent());
    if (!quiet_) whole(world_.region.start_hub_if_gone());
    if (region_ != &world_.region) region_->stop_agent();
}

std::string Play::fresh_code() const { return std::string(kMadeUp) + digits_of(world_.clock.wall()); }

WishedBill Play::bill(std::vector<WishedLine> lines) {
    // Numbers of their own in each run too: a folder may be used again.
    const auto hash = std::hash<std::string>()(name_) % 1'000'000'000;  // fewer digits: two cases of one second met in them
    WishedBill wish;
    wish.name = digits_of(world_.clock.wall()).substr(4) + std::to_string(hash) + static_cast<char>('a' + bills_++);
    wish.lines = std::move(lines);
    wish.entered = world_.clock.wall();
    return wish;
}

void Play::must(const Result<void>& done) {
    if (!done.ok() && not_run_.empty()) not_run_ = done.error().describe();
}

void Play::act(const std::string& what, const WishedBill& bill) {
    if (!goes_on()) return;
    const Json words = scenario(name_, ++acts_, what, bill, around_, memory_, world_.clock.wall());
    const auto begun = std::chrono::steady_clock::now();
    const auto ended = run_to_end({world_.his, words.write() + "\n", {}}, world_.act_within);
    last_act_ = std::chrono::duration_cast<milliseconds>(std::chrono::steady_clock::now() - begun);
    if (!ended) return must(ended.error());
    if (!ended->err.empty() && world_.note) world_.note(name_ + ": " + ended->err);
    if (ended->late) return fail_with(what + ": the HIS did not answer in " + std::to_string(world_.act_within.count() / 1000) + " s");
    if (ended->code != 0) return fail_with(what + ": the HIS ended with exit code " + std::to_string(ended->code));
    auto told = read_told(ended->out);
    if (!told) return fail_with(what + ": not an answer: " + told.error().describe());
    if (!told->unsupported.empty()) {
        not_run_ = what + ": the HIS says: " + told->unsupported;
        return;
    }
    told_ = std::move(*told);
    memory_ = told_.memory;
    if (quiet_) world_.usual = std::max(world_.usual, last_act_);
    look();
}

void Play::look() {
    auto decided = JournalView(region_->agent_data()).decisions(journal_from_);
    if (decided) decided_ = std::move(*decided);
    else must(decided.error());
    auto later = JournalView(region_->agent_data()).later(journal_from_);
    if (later) later_ = std::move(*later);
    else must(later.error());
}

void Play::agent_dies() {
    quiet_ = false;
    if (goes_on()) region_->stop_agent();
}
void Play::agent_comes_back() {
    if (goes_on()) must(region_->start_agent());
}
void Play::agent_hangs() {
    quiet_ = false;
    if (goes_on()) region_->agent_process()->pause();
}
void Play::agent_goes_on() {
    if (goes_on()) region_->agent_process()->resume();
}
void Play::disk_is_full(bool yes) {
    if (yes) quiet_ = false;
    if (Child* agent = world_.region.agent_process()) must(agent->let_no_file_grow(yes));
}
void Play::hub_goes() {
    quiet_ = false;
    if (goes_on()) world_.region.stop_hub();
}
void Play::hub_comes_back() {
    if (goes_on()) must(world_.region.start_hub_if_gone());
}
void Play::platform_does(const std::string& fault) {
    quiet_ = false;
    const auto read = parse_fault(fault);
    expect(read.ok(), "a fault of the table of cases");
    world_.platform.faults().set({*read});
}

void Play::a_second_passes() {
    if (goes_on()) std::this_thread::sleep_for(kSecond);
}

void Play::forgotten() {
    quiet_ = false;
    if (!goes_on()) return;
    const auto region = world_.forgotten_region();
    if (!region) return must(region.error());
    region_ = *region;
    region_->send_to(world_.platform.url());
    must(region_->start_agent());
    around_.agent_url = region_->agent_url();
    around_.key = region_->key();
    around_.agent_data = region_->agent_data().string();
    const auto end = JournalView(region_->agent_data()).end();
    if (end) journal_from_ = *end;
    else must(end.error());
}

void Play::at_the_desk(std::vector<std::string> words, const std::string& input) {
    if (!goes_on()) return;
    const auto done = region_->agent(std::move(words), input);
    if (!done) must(done.error());
}

void Play::register_once(const Person& who) {
    if (!goes_on()) return;
    const auto filings = region_->agent({"filing", "list"});
    if (!filings) return must(filings.error());
    if (filings->write().find(who.code) != std::string::npos) {
        not_run_ = "the newcomer was registered in an earlier run of this folder";
        return;
    }
    std::string today = format(day_of(world_.clock.wall()));
    at_the_desk({"register", "--code", std::string(who.code), "--name", std::string(who.name), "--category", std::string(who.category),
                 "--from", today, "--commitment-signed", today, "--identity-file", "-", "--clerk", "沙箱"},
                made_up_identity(400) + "\n");
}

const Decided* Play::last_decision(const std::string& line_id) const {
    const auto all = all_decisions(line_id);
    return all.empty() ? nullptr : all.back();
}

std::vector<const Decided*> Play::all_decisions(const std::string& line_id) const {
    std::vector<const Decided*> found;
    for (const Decided& each : decided_)
        if (each.entry.line_id == line_id) found.push_back(&each);
    return found;
}

std::vector<Received> Play::received(const WishedBill& bill, const std::string& infno) const {
    std::vector<Received> found;
    for (Received& each : world_.platform.received(platform_from_)) {
        const bool of_bill = std::string(as_text(each.body)).find(bill.visit()) != std::string::npos;
        if (each.infno == infno && of_bill) found.push_back(std::move(each));
    }
    return found;
}

std::size_t Play::times_sent(const std::string& line_id, bool accepted_only) const {
    std::size_t count = 0;
    for (const Received& each : world_.platform.received(platform_from_))
        if (is_fee_message(each.infno) && names_line(each, line_id) && (!accepted_only || each.infcode == "0")) ++count;
    return count;
}

std::string Play::journal_words(const std::string& line_id) const {
    const Decided* last = last_decision(line_id);
    if (last == nullptr) return "no decision";
    std::string words = to_string(last->entry.served);
    for (const Ground ground : last->entry.grounds) words += std::string(" ") + to_string(ground);
    return words;
}

void Play::holds(bool condition, const std::string& otherwise) {
    if (goes_on() && !condition) fail_with(otherwise);
}

void Play::told(const WishedBill& bill, std::size_t line, std::string_view state) {
    const ToldLine* said = told_.line(bill.line_id(line));
    holds(said != nullptr && said->state == state, "line " + std::to_string(line) + ": the HIS says " +
                                                       (said == nullptr ? "nothing" : said->state) + ", not " + std::string(state));
}

void Play::not_told(const WishedBill& bill, std::size_t line, std::string_view state) {
    const ToldLine* said = told_.line(bill.line_id(line));
    holds(said != nullptr && said->state != state,
          "line " + std::to_string(line) + ": the HIS says " + (said == nullptr ? "nothing" : said->state));
}

void Play::never_sent(const WishedBill& bill, std::size_t line) {
    holds(times_sent(bill.line_id(line), false) == 0, "line " + std::to_string(line) + " reached the platform");
}

void Play::sent_once(const WishedBill& bill, std::size_t line) {
    const std::size_t times = times_sent(bill.line_id(line), false);
    holds(times == 1, "line " + std::to_string(line) + " reached the platform " + std::to_string(times) + " times");
}

void Play::journaled(const WishedBill& bill, std::size_t line, Outcome served, Ground ground) {
    const Decided* last = last_decision(bill.line_id(line));
    const bool found = last != nullptr && last->entry.served == served &&
                       (ground == Ground{} || std::ranges::find(last->entry.grounds, ground) != last->entry.grounds.end());
    holds(found, "line " + std::to_string(line) + ": the journal has " + journal_words(bill.line_id(line)) + ", not " +
                     to_string(served) + (ground == Ground{} ? "" : std::string(" ") + to_string(ground)));
}

void Play::sent_at_most_once(const WishedBill& bill, std::size_t line) {
    const std::size_t times = times_sent(bill.line_id(line), false);
    holds(times <= 1, "line " + std::to_string(line) + " reached the platform " + std::to_string(times) + " times");
}

void Play::asked(const WishedBill& bill, const std::string& infno) {
    holds(!received(bill, infno).empty(), "no " + infno + " reached the platform");
}

void Play::numbers_differ(const WishedBill& bill, const std::string& infno) {
    std::vector<std::string> numbers;
    for (const Received& each : received(bill, infno)) numbers.push_back(words_of(&each.message, "msgid"));
    std::ranges::sort(numbers);
    holds(std::ranges::adjacent_find(numbers) == numbers.end(), "two messages " + infno + " have one msgid");
}

void Play::decided_times(const WishedBill& bill, std::size_t line, std::size_t times) {
    const std::size_t found = all_decisions(bill.line_id(line)).size();
    holds(found == times, "line " + std::to_string(line) + " was decided " + std::to_string(found) + " times, not " + std::to_string(times));
}

void Play::settled(const WishedBill& bill, std::size_t line) {
    told(bill, line, "settled");
    holds(times_sent(bill.line_id(line), true) == 1, "line " + std::to_string(line) + " was not taken by the platform once");
    const auto settlements = received(bill, bill.kind == "inpatient" ? "2304" : bill.kind == "pharmacy" ? "2102" : "2207");
    holds(std::ranges::any_of(settlements, [](const Received& each) { return each.infcode == "0"; }), "nothing was settled at the platform");
    const Decided* last = last_decision(bill.line_id(line));
    holds(last != nullptr && may_settle(last->entry.served),
          "line " + std::to_string(line) + " was settled, but the journal has " + journal_words(bill.line_id(line)));
}

void Play::refused(const WishedBill& bill, std::size_t line) {
    told(bill, line, "refused");
    never_sent(bill, line);
    journaled(bill, line, Outcome::deny);
}

void Play::held(const WishedBill& bill, std::size_t line) {
    told(bill, line, "held");
    never_sent(bill, line);
    journaled(bill, line, Outcome::hold);
}

void Play::unchecked(const WishedBill& bill, std::size_t line) {
    told(bill, line, "unchecked");
    sent_once(bill, line);
    holds(std::ranges::any_of(received(bill, "2207"), [](const Received& each) { return each.infcode == "0"; }),
          "nothing was settled at the platform");
}

void Play::shown(const WishedBill& bill, std::size_t line, std::string_view words, const char* what) {
    const ToldLine* said = told_.line(bill.line_id(line));
    holds(said != nullptr && said->shown.find(words) != std::string::npos,
          "line " + std::to_string(line) + ": the cashier does not see " + what + " (" + std::string(words) + "), but: " +
              (said == nullptr ? "" : said->shown));
}

void Play::reference_shown(const WishedBill& bill, std::size_t line) {
    const Decided* last = last_decision(bill.line_id(line));
    if (last == nullptr) return holds(false, "line " + std::to_string(line) + " was not decided");
    shown(bill, line, last->reference, "the reference");
}

void Play::messages(const WishedBill& bill, const std::string& infno, std::size_t times) {
    const std::size_t found = received(bill, infno).size();
    holds(found == times, std::to_string(found) + " messages " + infno + " reached the platform, not " + std::to_string(times));
}

void Play::settlements_accepted(const WishedBill& bill, std::size_t times) {
    std::size_t found = 0;
    for (const Received& each : world_.platform.received(platform_from_))
        if (is_settlement(each.infno) && each.infcode == "0" && std::string(as_text(each.body)).find(bill.visit()) != std::string::npos)
            ++found;
    holds(found == times, "the platform took " + std::to_string(found) + " settlements, not " + std::to_string(times));
}

void Play::reversed(const WishedBill& bill, std::size_t line) {
    const auto all = all_decisions(bill.line_id(line));
    const bool found = !all.empty() && std::ranges::any_of(later_.reversals, [&](const wire::ReversalEntry& each) {
        return std::ranges::find(each.decisions, all.front()->number, &wire::EntryName::number) != each.decisions.end();
    });
    holds(found, "line " + std::to_string(line) + ": the journal does not take its decision back");
}

void Play::evidence_kept(const WishedBill& bill, std::size_t line) {
    const Decided* last = last_decision(bill.line_id(line));
    const bool found = last != nullptr && std::ranges::find(later_.evidence, last->number, [](const wire::EvidenceEntry& each) {
                                              return each.decision.number;
                                          }) != later_.evidence.end();
    holds(found, "line " + std::to_string(line) + ": the journal has no evidence of its emergency");
}

void Play::in_time() {
    const milliseconds most = 2 * world_.usual + milliseconds(2 * around_.agent_ms) + world_.patience * kSlack;
    holds(last_act_ <= most, "the HIS took " + std::to_string(last_act_.count()) + " ms; " + std::to_string(most.count()) + " ms is the most");
}

}  // namespace zige::sandbox
