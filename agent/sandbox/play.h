#pragma once

#include <memory>
#include <string>
#include <vector>

#include "agent/sandbox/journal_view.h"
#include "agent/sandbox/region.h"
#include "agent/sandbox/scenario.h"
#include "agent/sandbox/stand_in.h"

namespace zige::sandbox {

/// What all cases of a conformance run share.
struct World {
    std::vector<std::string> his;  ///< the command under test
    const Clock& clock;
    StandIn& platform;
    Region& region;
    /// A region whose agent has not heard from its hub for 50 days; makes it at the first call.
    std::function<Result<Region*>()> forgotten_region;
    int agent_ms = 300;  ///< that a till waits for the agent: the no-answer contract
    int patience = 1;    ///< every other limit of time is so many times longer
    std::chrono::milliseconds act_within{60'000};
    std::chrono::milliseconds usual{0};  ///< longest act so far in which nothing was wrong
    std::string broken = {};  ///< what the case before could not put right again; the next one is not run
    std::function<void(const std::string&)> note;  ///< what the HIS wrote on standard error
};

/// One case while it is played: acts of the till, changes of the world, and what is found. Whatever fails is noted and
/// the rest is skipped. What a till says counts only together with what the journal and the platform hold.
class Play {
public:
    Play(World& world, std::string case_name);
    /// Everything that was broken is whole again.
    ~Play();
    Play(const Play&) = delete;
    Play& operator=(const Play&) = delete;

    /// An empty bill with numbers of its own.
    WishedBill bill(std::vector<WishedLine> lines);
    /// A code of the HIS that nobody had in any run.
    std::string fresh_code() const;

    // What the till is made to do. `what`: settle, ask_again, repeat, tell_later, find_out, reverse, evidence, register, admit.
    void act(const std::string& what, const WishedBill& bill);

    // The world.
    void agent_dies();
    void agent_comes_back();
    void agent_hangs();
    void agent_goes_on();
    void disk_is_full(bool yes);
    void hub_goes();
    void hub_comes_back();
    void platform_does(const std::string& fault);
    void charset(const std::string& name) { around_.charset = name; }
    void a_second_passes();  ///< times of the interface are whole seconds: what comes now is later than what was
    void forgotten();  ///< from now on the agent is one of the forgotten region
    void register_once(const struct Person& who);  ///< files a registration, unless that was done before
    void at_the_desk(std::vector<std::string> words, const std::string& input = {});  ///< a command of the agent

    // What must hold; lines count from 1.
    void settled(const WishedBill& bill, std::size_t line);
    void refused(const WishedBill& bill, std::size_t line);
    void held(const WishedBill& bill, std::size_t line);
    void unchecked(const WishedBill& bill, std::size_t line);
    void told(const WishedBill& bill, std::size_t line, std::string_view state);
    void not_told(const WishedBill& bill, std::size_t line, std::string_view state);
    void never_sent(const WishedBill& bill, std::size_t line);
    void sent_once(const WishedBill& bill, std::size_t line);
    void journaled(const WishedBill& bill, std::size_t line, Outcome served, Ground ground = {});
    void decided_times(const WishedBill& bill, std::size_t line, std::size_t times);
    void shown(const WishedBill& bill, std::size_t line, std::string_view words, const char* what);
    void reference_shown(const WishedBill& bill, std::size_t line);
    void messages(const WishedBill& bill, const std::string& infno, std::size_t times);
    void sent_at_most_once(const WishedBill& bill, std::size_t line);
    void asked(const WishedBill& bill, const std::string& infno);           ///< at least once
    void numbers_differ(const WishedBill& bill, const std::string& infno);  ///< each message has a msgid of its own
    void settlements_accepted(const WishedBill& bill, std::size_t times);
    void in_time();
    void reversed(const WishedBill& bill, std::size_t line);        ///< the journal takes its decision back
    void evidence_kept(const WishedBill& bill, std::size_t line);  ///< the journal has evidence of its decision
    void holds(bool condition, const std::string& otherwise);

    const Decided* last_decision(const std::string& line_id) const;
    std::vector<const Decided*> all_decisions(const std::string& line_id) const;
    const std::vector<Decided>& decisions() const { return decided_; }
    std::vector<Received> received(const WishedBill& bill, const std::string& infno) const;
    const ToldLine* told_line(const std::string& line_id) const { return told_.line(line_id); }

    /// Why it could not be played; empty: it was.
    const std::string& not_run() const { return not_run_; }
    const std::vector<std::string>& failures() const { return failures_; }

private:
    bool goes_on() const { return failures_.empty() && not_run_.empty(); }
    void fail_with(const std::string& why) { failures_.push_back(why); }
    void must(const Result<void>& done);
    void look();
    std::size_t times_sent(const std::string& line_id, bool accepted_only) const;
    std::string journal_words(const std::string& line_id) const;

    World& world_;
    const std::string name_;
    Surroundings around_;
    Region* region_;
    std::int64_t journal_from_ = 0;
    std::size_t platform_from_;
    int acts_ = 0;
    int bills_ = 0;
    Json memory_;
    Told told_;
    std::vector<Decided> decided_;
    JournalView::Later later_;
    std::chrono::milliseconds last_act_{0};
    bool quiet_ = true;  ///< nothing was broken yet
    std::string not_run_;
    std::vector<std::string> failures_;
};

}  // namespace zige::sandbox
