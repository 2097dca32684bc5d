// The scheduler's policies, each by the events and commands it gives.
#include "looprt/scheduler_core.h"
#include "times.h"

#include <gtest/gtest.h>

#include <array>

using namespace looprt;
using std::chrono::seconds;
using strings = std::vector<std::string>;

/// Drives a core by hand: second 0 is 2026-01-01 00:00:00.
class SchedulerCore : public testing::Test {
protected:
  SchedulerCore() { core.record_events(event_detail::all); }

  static wall_time second(int count) {
    return at("2026-01-01 00:00") + seconds(count);
  }

  schedule_id add(const std::string &trigger_text, const std::string &options,
                  int now = 0, const std::string &name = "s") {
    return core.add({.when = trigger::parse(trigger_text),
                     .options = std::make_shared<const schedule_options>(
                         schedule_options::parse(options)),
                     .name = name},
                    second(now));
  }

  /// Takes what is due at \p now; "+5" starts the job of second 5, "-5"
  /// cancels it.
  strings take(int now, std::size_t limit = 100) {
    std::vector<command> commands;
    core.take_due(second(now), limit, commands);
    strings texts;
    for (const command &command : commands) {
      const bool starts = command.what == command::kind::start;
      if (starts)
        running.push_back(command.job.id);
      texts.push_back((starts ? "+" : "-") + offset(command.job.fire_time));
    }
    return texts;
  }

  void finish(int now, job_outcome outcome = job_outcome::success) {
    ASSERT_FALSE(running.empty());
    EXPECT_TRUE(core.finish(running.front(), outcome, second(now)));
    running.erase(running.begin());
  }

  /// The names of the events since the last call, without job_started and
  /// job_finished.
  strings events() {
    strings texts;
    for (const event &event : core.take_events()) {
      if (event.what == event::kind::job_started ||
          event.what == event::kind::job_finished)
        continue;
      std::string text(name_of(event.what));
      if (event.what >= event::kind::job_missed)
        text += ' ' + offset(event.fire_time);
      if (event.what == event::kind::job_missed)
        text += " x" + std::to_string(event.count);
      texts.push_back(text);
    }
    return texts;
  }

  static std::string offset(wall_time time) {
    return std::to_string((time - second(0)) / seconds(1));
  }

  scheduler_core core;
  std::vector<job_id> running;
};

TEST_F(SchedulerCore, FiresWhenItIsTimeAndNotBefore) {
  add("interval(10s, start=2026-01-01T00:00:10Z)", "");
  EXPECT_EQ(core.next_deadline(), second(10));
  EXPECT_EQ(take(9), strings{});
  EXPECT_EQ(take(10), strings{"+10"});
  finish(11);
  EXPECT_EQ(core.next_deadline(), second(20));
}

TEST_F(SchedulerCore, ALateRunHappensOnceForTheLastTimeByDefault) {
  add("interval(10s, start=2026-01-01T00:00:10Z)", "");
  EXPECT_EQ(take(45), strings{"+40"});
  EXPECT_EQ(core.next_deadline(), second(50));
}

TEST_F(SchedulerCore, CoalescesToTheEarliestOrNotAtAll) {
  add("interval(10s, start=2026-01-01T00:00:10Z)", "coalesce=earliest", 0, "e");
  EXPECT_EQ(take(35), strings{"+10"});
  core.remove(core.find("e"), second(35));
  add("interval(10s, start=2026-01-01T00:00:10Z)",
      "coalesce=all max_running_jobs=9", 0, "a");
  EXPECT_EQ(take(35), (strings{"+10", "+20", "+30"}));
}

TEST_F(SchedulerCore, ABudgetIsKeptAndTheRestStaysDue) {
  add("interval(1s, start=2026-01-01T00:00:01Z)",
      "coalesce=all overlap=allow_all");
  EXPECT_EQ(take(10, 4).size(), 4U);
  EXPECT_EQ(core.next_deadline(), second(5));
  EXPECT_EQ(take(10, 100).size(), 6U);
}

TEST_F(SchedulerCore, WhatIsTooLateIsMissedAndTold) {
  add("interval(10s, start=2026-01-01T00:00:10Z)",
      "misfire_grace_time=3s coalesce=all max_running_jobs=9");
  events();
  EXPECT_EQ(take(42), strings{"+40"});
  EXPECT_EQ(events(), strings{"job_missed 30 x3"});
  EXPECT_EQ(take(54), strings{});
  EXPECT_EQ(events(), strings{"job_missed 50 x1"});
}

TEST_F(SchedulerCore, ACatchupWindowLimitsHowFarBackItGoes) {
  add("interval(10s, start=2026-01-01T00:00:10Z)",
      "catchup_window=25s coalesce=all overlap=allow_all");
  EXPECT_EQ(take(60), (strings{"+40", "+50", "+60"}));
}

TEST_F(SchedulerCore, AnOverlapIsSkipped) {
  add("interval(10s, start=2026-01-01T00:00:10Z)", "");
  take(10);
  events();
  EXPECT_EQ(take(20), strings{});
  EXPECT_EQ(events(), strings{"job_skipped 20"});
  finish(25);
  EXPECT_EQ(take(30), strings{"+30"});
}

TEST_F(SchedulerCore, AnOverlapWaitsItsTurn) {
  add("interval(10s, start=2026-01-01T00:00:10Z)", "overlap=buffer_one");
  take(10);
  take(20);
  take(30);
  events();
  finish(35);
  EXPECT_EQ(core.next_deadline(), wall_time::min());
  EXPECT_EQ(take(35), strings{"+20"});
  finish(36);
  EXPECT_EQ(take(36), strings{});
}

TEST_F(SchedulerCore, AllOverlapsWaitTheirTurnInOrder) {
  add("interval(10s, start=2026-01-01T00:00:10Z)",
      "overlap=buffer_all max_waiting_jobs=2");
  for (int now = 10; now <= 40; now += 10)
    take(now);
  const strings seen = events();
  EXPECT_EQ(seen.back(), "job_skipped 40");
  finish(41);
  EXPECT_EQ(take(41), strings{"+20"});
  finish(42);
  EXPECT_EQ(take(42), strings{"+30"});
}

TEST_F(SchedulerCore, WhoWaitedTooLongIsMissed) {
  add("interval(10s, start=2026-01-01T00:00:10Z)",
      "overlap=buffer_all misfire_grace_time=5s");
  take(10);
  take(20);
  events();
  finish(28);
  EXPECT_EQ(take(28), strings{});
  EXPECT_EQ(events(), strings{"job_missed 20 x1"});
}

TEST_F(SchedulerCore, ANewRunMayCancelTheOld) {
  add("interval(10s, start=2026-01-01T00:00:10Z)", "overlap=cancel_other");
  take(10);
  EXPECT_EQ(take(20), strings{"-10"});
  EXPECT_EQ(take(30), strings{}); // it is being cancelled already
  finish(31, job_outcome::cancelled);
  EXPECT_EQ(take(31), strings{"+30"});
}

TEST_F(SchedulerCore, PausedNothingFiresAndResumedItGoesOnFromNow) {
  const schedule_id id = add("interval(10s, start=2026-01-01T00:00:10Z)", "");
  take(10);
  finish(10);
  core.pause(id, second(11), "maintenance");
  EXPECT_EQ(core.status(id)->note, "maintenance");
  EXPECT_EQ(core.next_deadline(), std::nullopt);
  core.resume(id, second(45));
  EXPECT_EQ(core.next_deadline(), second(50));
  core.pause(id, second(45));
  core.resume(id, second(45), second(15));
  EXPECT_EQ(core.next_deadline(), second(20));
}

TEST_F(SchedulerCore, AFailurePausesWhereAskedFor) {
  const schedule_id id =
      add("interval(10s, start=2026-01-01T00:00:10Z)", "pause_on_failure=true");
  take(10);
  finish(11, job_outcome::error);
  EXPECT_TRUE(core.status(id)->paused);
}

TEST_F(SchedulerCore, BackfillRunsEachTimeOfARangeInTurn) {
  const schedule_id id =
      add("interval(10s, start=2026-01-01T00:00:00Z)", "", 100);
  EXPECT_TRUE(core.backfill(id, second(15), second(40), second(100)));
  EXPECT_EQ(take(95), strings{"+20"});
  EXPECT_EQ(take(95), strings{});
  finish(96);
  EXPECT_EQ(take(96), strings{"+30"});
  finish(96);
  EXPECT_EQ(take(96), strings{"+40"});
  finish(96);
  EXPECT_EQ(take(96), strings{});
}

TEST_F(SchedulerCore, TriggeredByHandItRunsEvenIfPaused) {
  const schedule_id id = add("interval(10s, start=2026-01-01T00:00:10Z)", "");
  core.pause(id, second(0));
  core.trigger_now(id, second(3));
  EXPECT_EQ(take(3), strings{"+3"});
}

TEST_F(SchedulerCore, AnExhaustedScheduleGoesWhenItsJobHasEnded) {
  const schedule_id id = add("date(2026-01-01T00:00:05Z)", "");
  take(5);
  EXPECT_TRUE(core.status(id));
  finish(6);
  EXPECT_FALSE(core.status(id));
  EXPECT_EQ(core.find("s"), schedule_id::none);
  EXPECT_EQ(events(), (strings{"schedule_added", "schedule_finished"}));
}

TEST_F(SchedulerCore, JitterIsBoundedAndRepeatable) {
  for (int run = 0; run < 2; ++run) {
    scheduler_core other;
    const schedule_id id = other.add(
        {.when = trigger::parse("interval(60s, start=2026-01-01T00:00:00Z)"),
         .options = std::make_shared<const schedule_options>(
             schedule_options::parse("jitter=30s")),
         .name = "n"},
        second(0));
    const wall_time due = *other.next_deadline();
    EXPECT_GE(due, second(0));
    EXPECT_LE(due, second(30));
    EXPECT_NE(due, second(0));
    EXPECT_EQ(other.status(id)->next_fire_time, second(0));
    static std::optional<wall_time> first;
    EXPECT_EQ(first.value_or(due), due);
    first = due;
  }
}

TEST_F(SchedulerCore, NothingFiresTwiceWhenTheClockIsSetBack) {
  add("interval(10s, start=2026-01-01T00:00:10Z)", "");
  EXPECT_EQ(take(25), strings{"+20"});
  finish(25);
  EXPECT_EQ(take(5), strings{});
  EXPECT_EQ(take(20), strings{});
  EXPECT_EQ(take(30), strings{"+30"});
}

TEST_F(SchedulerCore, ANameIsTakenOnce) {
  const schedule_id first = add("interval(10s)", "");
  EXPECT_THROW(add("interval(10s)", ""), schedule_conflict);
  EXPECT_EQ(add("interval(10s)", "conflict=keep"), first);
  EXPECT_NE(add("interval(20s)", "conflict=replace"), first);
  EXPECT_EQ(core.schedule_count(), 1U);
}

TEST_F(SchedulerCore, AStoredScheduleGoesOnAfterItsLastFireTime) {
  const schedule_id id = core.add(
      {.when = trigger::parse("interval(10s, start=2026-01-01T00:00:00Z)"),
       .options = nullptr,
       .name = ""},
      second(45), second(20));
  EXPECT_EQ(core.status(id)->next_fire_time, second(30));
}

TEST_F(SchedulerCore, ALoneJobCanBeCancelledBeforeItStarts) {
  const job_id job = core.run(7, second(0));
  std::vector<command> commands;
  EXPECT_TRUE(core.cancel(job, second(0), commands));
  EXPECT_TRUE(commands.empty());
  EXPECT_EQ(take(1), strings{});
  EXPECT_FALSE(core.finish(job, job_outcome::success, second(1)));
}

TEST(Job, FollowsItsTable) {
  using enum job_state;
  using row = std::array<std::optional<job_state>, 3>;
  const auto life = [](job_state state) -> row {
    return {after(state, job_step::start), after(state, job_step::cancel),
            after(state, job_step::finish)};
  };
  EXPECT_EQ(life(waiting), (row{running, finished, std::nullopt}));
  EXPECT_EQ(life(running), (row{std::nullopt, cancelling, finished}));
  EXPECT_EQ(life(cancelling), (row{std::nullopt, cancelling, finished}));
  EXPECT_EQ(life(finished), row{});
}

TEST(ScheduleOptions, TheirTextIsReadBackAsTheSame) {
  const std::string text =
      "misfire_grace_time=1m30s catchup_window=1d coalesce=all "
      "overlap=buffer_one delivery=at_most_once conflict=replace "
      "max_running_jobs=3 max_waiting_jobs=5 jitter=2s "
      "start_time=2026-01-01T00:00:00Z end_time=2027-01-01T00:00:00Z "
      "priority=-4 pause_on_failure=true";
  EXPECT_EQ(schedule_options::parse(text).text(), text);
  EXPECT_EQ(schedule_options().text(), "");
  EXPECT_THROW(schedule_options::parse("speed=9"), std::invalid_argument);
  EXPECT_THROW(schedule_options::parse("jitter=soon"), std::invalid_argument);
}
