// The scheduler on a loop under a virtual clock, and its stores.
#include "looprt/run.h"
#include "looprt/scheduler.h"
#include "looprt/sleep.h"
#include "times.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>

using namespace looprt;
using namespace std::chrono_literals;
using strings = std::vector<std::string>;

namespace {

/// Runs a scheduler from 2026-01-01 00:00 on and notes what its jobs do.
class Scheduler : public testing::Test {
protected:
  task<void> work(job_context context) {
    log.push_back(context.schedule + context.arguments + "@" +
                  std::to_string((context.fire_time - start) / 1s));
    co_await sleep_for(2s);
  }

  /// Lets \p prepare add schedules and serves for \p span.
  template <class Prepare>
  void serve(std::chrono::nanoseconds span, Prepare prepare,
             data_store *store = nullptr) {
    virtual_clock clock(now);
    const auto main = [&]() -> task<void> {
      scheduler scheduler({.store = store});
      scheduler.configure_task(
          "work", [this](job_context context) { return work(context); });
      scheduler.subscribe([this](const event &event, const std::string &name) {
        if (event.what != event::kind::job_started)
          events.push_back(name + " " + std::string(name_of(event.what)));
      });
      co_await prepare(scheduler);
      const auto both = [&](task_group &group) -> task<void> {
        group.start_soon(scheduler.run_until_stopped());
        co_await sleep_for(span);
        stopped = co_await scheduler.stop(grace);
      };
      co_await with_task_group(both);
    };
    run(main(), {.clock = &clock});
    now = clock.wall_now();
  }

  const wall_time start = at("2026-01-01 00:00");
  wall_time now = start;
  std::chrono::nanoseconds grace = 10s;
  strings log;
  strings events;
  std::vector<job> stopped;
};

} // namespace

TEST_F(Scheduler, RunsJobsWhenTheyAreDueAndTells) {
  const auto prepare = [](scheduler &scheduler) -> task<void> {
    co_await scheduler.add_schedule("work", interval_trigger(10s), {}, "a",
                                    "!");
    co_await scheduler.add_schedule(
        "work", date_trigger(at("2026-01-01 00:00:15")), {}, "b");
  };
  serve(25s, prepare);
  EXPECT_EQ(log, (strings{"a!@0", "a!@10", "b@15", "a!@20"}));
  EXPECT_EQ(std::count(events.begin(), events.end(), "b schedule_finished"), 1);
  EXPECT_TRUE(stopped.empty());
}

TEST_F(Scheduler, AYearPassesInAMoment) {
  const auto prepare = [](scheduler &scheduler) -> task<void> {
    co_await scheduler.add_schedule("work", cron_trigger("30 2 * * *"));
  };
  serve(24h * 365, prepare);
  EXPECT_EQ(log.size(), 365U);
}

TEST_F(Scheduler, StoppingIsPatientThenNot) {
  grace = 500ms;
  const auto prepare = [](scheduler &scheduler) -> task<void> {
    co_await scheduler.add_schedule("work", interval_trigger(1h), {}, "slow");
  };
  serve(1s, prepare);
  EXPECT_EQ(stopped.size(), 1U);
  EXPECT_EQ(events.back(), "slow job_finished");
}

TEST_F(Scheduler, IsToldOtherwiseWhileItServes) {
  const auto prepare = [&](scheduler &scheduler) -> task<void> {
    const schedule_id id =
        co_await scheduler.add_schedule("work", interval_trigger(10s), {}, "a");
    EXPECT_EQ(scheduler.next_fire_times(id, 3),
              (std::vector<wall_time>{start, start + 10s, start + 20s}));
    EXPECT_EQ(scheduler.find("a"), id);
    EXPECT_EQ(scheduler.schedules(), std::vector<schedule_id>{id});
    EXPECT_TRUE(co_await scheduler.pause_schedule(id, "why"));
    EXPECT_EQ(scheduler.status(id)->note, "why");
    EXPECT_TRUE(scheduler.trigger_now(id)); // paused or not
    co_await scheduler.add_schedule("work", date_trigger(start + 30s), {}, "b");
    const schedule_id old = co_await scheduler.add_schedule(
        "work", interval_trigger(1h, {.start = start - 5h}), {}, "c");
    EXPECT_TRUE(scheduler.backfill(old, start - 2h, start - 1s));
    const job_id job = scheduler.add_job("work", "never");
    EXPECT_TRUE(scheduler.cancel_job(job));
    EXPECT_FALSE(scheduler.cancel_job(job));
    EXPECT_TRUE(co_await scheduler.reschedule(id, interval_trigger(20s)));
    EXPECT_TRUE(co_await scheduler.unpause_schedule(id, start + 15s));
  };
  serve(65s, prepare);
  std::sort(log.begin(), log.end());
  // What has to be made up for runs in the place of c@0, which is skipped.
  EXPECT_EQ(log, (strings{"a@0", "a@20", "a@40", "a@60", "b@30", "c@-3600",
                          "c@-7200"}));
}

TEST_F(Scheduler, RefusesTasksThatItDoesNotKnow) {
  const auto prepare = [](scheduler &scheduler) -> task<void> {
    co_await scheduler.add_schedule("play", interval_trigger(1s));
  };
  EXPECT_THROW(serve(1s, prepare), std::invalid_argument);
}

TEST_F(Scheduler, AFailingJobStopsNeitherItsScheduleNorOthers) {
  int runs = 0;
  const auto prepare = [&](scheduler &scheduler) -> task<void> {
    scheduler.configure_task("fail", [&](const job_context &) -> task<void> {
      ++runs;
      throw std::runtime_error("broken");
      co_return;
    });
    co_await scheduler.add_schedule("fail", interval_trigger(1s));
  };
  serve(5500ms, prepare);
  EXPECT_EQ(runs, 6);
}

TEST_F(Scheduler, FollowsTheWallClockWhereItIsSet) {
  // The loop's own clock shows when a job really began.
  std::vector<std::chrono::seconds> passed;
  virtual_clock clock(start);
  const auto main = [&]() -> task<void> {
    scheduler scheduler;
    scheduler.configure_task("note", [&](const job_context &) -> task<void> {
      passed.push_back(std::chrono::floor<std::chrono::seconds>(
          clock.now().time_since_epoch()));
      co_return;
    });
    co_await scheduler.add_schedule("note", cron_trigger("0 12,15 * * *"));
    const auto body = [&](task_group &group) -> task<void> {
      group.start_soon(scheduler.run_until_stopped());
      co_await sleep_for(1h);
      clock.set_wall(start + 11h +
                     59min); // noon is a minute away, not eleven hours
      co_await sleep_for(10min);
      clock.set_wall(start + 11h); // noon comes again, and has been
      co_await sleep_for(2h);
      clock.set_wall(start + 16h); // three o'clock was passed over
      co_await sleep_for(1min);
      co_await scheduler.stop(1s);
    };
    co_await with_task_group(body);
  };
  run(main(), {.clock = &clock});
  EXPECT_EQ(passed, (std::vector<std::chrono::seconds>{1h + 1min, 3h + 10min}));
}

TEST(VirtualClock, TellsListenersUntilTheyAreForgotten) {
  virtual_clock clock(at("2026-01-01 00:00"));
  int told = 0;
  clock.on_set(&told, [&] { ++told; });
  clock.set_wall(at("2026-01-02 00:00"));
  clock.advance(1h);
  EXPECT_EQ(told, 1);
  clock.forget(&told);
  clock.set_wall(at("2026-01-01 00:00"));
  EXPECT_EQ(told, 1);
}

class Store : public Scheduler, public testing::WithParamInterface<bool> {
protected:
  Store() {
    if (!GetParam()) {
      memory = make_memory_store();
      return;
    }
    char folder[] = "looprt-store-XXXXXX";
    path = std::string(::mkdtemp(folder)) + "/jobs.db";
  }

  ~Store() override {
    store.reset();
    for (const char *suffix : {"", "-wal", "-shm", ".lock"})
      std::remove((path + suffix).c_str());
    if (!path.empty())
      std::remove(path.substr(0, path.find('/')).c_str());
  }

  /// What is stored, seen by a new process.
  data_store *reopen() {
    if (memory)
      return memory.get();
    store.reset();
    store = open_sqlite_store(path);
    return store.get();
  }

  static task<void> nothing(scheduler &) { co_return; }

  std::unique_ptr<data_store> memory;
  std::unique_ptr<data_store> store;
  std::string path;
};

TEST_P(Store, ANewSchedulerGoesOnWhereTheOldStopped) {
  const auto prepare = [](scheduler &scheduler) -> task<void> {
    co_await scheduler.add_schedule("work", interval_trigger(10s), {}, "a",
                                    "+");
  };
  serve(15s, prepare, reopen());
  EXPECT_EQ(log, (strings{"a+@0", "a+@10"}));
  log.clear();
  now += 60s;
  serve(10s, nothing, reopen());
  EXPECT_EQ(log, (strings{"a+@70", "a+@80"})); // late, once
}

TEST_P(Store, APauseIsKeptWithItsNote) {
  const auto prepare = [](scheduler &scheduler) -> task<void> {
    const schedule_id id =
        co_await scheduler.add_schedule("work", interval_trigger(10s), {}, "a");
    co_await scheduler.pause_schedule(id, "why");
  };
  serve(15s, prepare, reopen());
  std::string note;
  const auto look = [&](scheduler &scheduler) -> task<void> {
    scheduler.subscribe([&](const event &event, const std::string &) {
      if (event.what == event::kind::schedule_paused)
        note = event.note;
    });
    co_return;
  };
  serve(15s, look, reopen());
  EXPECT_EQ(log, strings{});
  EXPECT_EQ(note, "why");
}

TEST_P(Store, AFireTimeBecomesAJobOnce) {
  data_store &store = *reopen();
  store.put({.name = "a", .task = "work", .trigger = "", .options = ""});
  std::vector<stored_job> jobs = {{.schedule = "a", .fire_time = start},
                                  {.schedule = "a", .fire_time = start}};
  store.commit({}, jobs);
  EXPECT_NE(jobs[0].key, 0);
  EXPECT_EQ(jobs[1].key, 0);
  EXPECT_EQ(reopen()->unfinished().size(), 1U);
  std::vector<stored_job> none;
  reopen()->commit({{jobs[0].key, job_outcome::success}}, none);
  EXPECT_EQ(reopen()->unfinished().size(), 0U);
  EXPECT_EQ(reopen()->schedules()[0].last_fire_time, start);
}

TEST_P(Store, WhatDidNotFinishRunsAgainOrIsAbandoned) {
  {
    data_store &store = *reopen();
    std::vector<stored_job> jobs = {
        {.schedule = "again", .task = "work", .fire_time = start},
        {.schedule = "never",
         .task = "work",
         .fire_time = start,
         .at_most_once = true}};
    store.commit({}, jobs);
  }
  serve(5s, nothing, reopen());
  EXPECT_EQ(log, strings{"again@0"});
  EXPECT_TRUE(reopen()->unfinished().empty());
}

TEST_P(Store, ARemovedScheduleIsGone) {
  const auto prepare = [](scheduler &scheduler) -> task<void> {
    const schedule_id id =
        co_await scheduler.add_schedule("work", interval_trigger(10s), {}, "a");
    EXPECT_TRUE(co_await scheduler.remove_schedule(id));
    EXPECT_FALSE(co_await scheduler.remove_schedule(id));
  };
  serve(15s, prepare, reopen());
  EXPECT_TRUE(reopen()->schedules().empty());
}

TEST_P(Store, OnlyOneSchedulerAtATime) {
  reopen();
  if (GetParam()) {
    EXPECT_THROW(open_sqlite_store(path), store_locked);
  }
}

INSTANTIATE_TEST_SUITE_P(MemoryAndFile, Store, testing::Bool());
