// A hundred processes run a scheduler on one store and are killed at any point.
// Whatever the point, no schedule is lost, no fire time that must run once at
// most runs twice, and none that must run at least once is left out.
#include "looprt/run.h"
#include "looprt/scheduler.h"
#include "looprt/sleep.h"

#include <gtest/gtest.h>

#include <fcntl.h>
#include <fstream>
#include <map>
#include <random>
#include <set>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace looprt;
using namespace std::chrono_literals;

namespace {

constexpr auto step = 5ms;

/// One line per run, written by a single call: a kill cannot tear it.
void note(const std::string &path, const std::string &schedule,
          wall_time fire_time) {
  const std::string line =
      schedule + " " + std::to_string(fire_time.time_since_epoch().count()) +
      "\n";
  const int file = ::open(path.c_str(), O_WRONLY | O_APPEND | O_CREAT, 0644);
  ASSERT_EQ(::write(file, line.data(), line.size()),
            static_cast<ssize_t>(line.size()));
  ::close(file);
}

task<void> schedule_all(scheduler &scheduler) {
  const schedule_options all{.coalesce = coalesce_policy::all,
                             .overlap = overlap_policy::allow_all};
  schedule_options once = all;
  once.delivery = delivery_policy::at_most_once;
  if (scheduler.find("least") == schedule_id::none)
    co_await scheduler.add_schedule("work", interval_trigger(step), all,
                                    "least");
  if (scheduler.find("most") == schedule_id::none)
    co_await scheduler.add_schedule("work", interval_trigger(step), once,
                                    "most");
}

/// Serves the store in \p folder for \p span, or until it is killed.
void serve(const std::string &folder, std::chrono::nanoseconds span,
           bool first) {
  const auto store = open_sqlite_store(folder + "/jobs.db");
  const auto main = [&]() -> task<void> {
    scheduler scheduler({.store = store.get()});
    const std::string log = folder + "/log";
    scheduler.configure_task("work", [&](job_context job) -> task<void> {
      note(log, job.schedule, job.fire_time);
      co_await sleep_for(1ms);
    });
    if (first)
      co_await schedule_all(scheduler);
    const auto body = [&](task_group &group) -> task<void> {
      group.start_soon(scheduler.run_until_stopped());
      co_await sleep_for(span);
      co_await scheduler.stop(5s);
    };
    co_await with_task_group(body);
  };
  run(main());
}

off_t size_of(const std::string &path) {
  struct stat status{};
  return ::stat(path.c_str(), &status) == 0 ? status.st_size : 0;
}

/// Until some jobs have run. How soon that is, is the machine's affair: one
/// that is slow would be killed before it has done anything, each time.
void wait_for_jobs(const std::string &log, off_t before) {
  constexpr off_t some = 5 * 22; // lines
  for (int look = 0; look < 20'000 && size_of(log) < before + some; ++look)
    ::usleep(500);
}

} // namespace

TEST(StoreKill, AHundredKillsLoseAndDoubleNothing) {
  char name[] = "looprt-kill-XXXXXX";
  const std::string folder = ::mkdtemp(name);
  serve(folder, 20ms, /*first=*/true);

  const std::string log_path = folder + "/log";
  std::mt19937 random(9);
  for (int round = 0; round < 100; ++round) {
    const off_t before = size_of(log_path);
    const pid_t child = ::fork();
    if (child == 0) {
      serve(folder, 1h, /*first=*/false);
      ::_exit(0);
    }
    // At any point: of starting, too.
    if (round % 2 == 0)
      wait_for_jobs(log_path, before);
    ::usleep(2000 + random() % 30'000);
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
  }
  serve(folder, 50ms, /*first=*/false);

  std::map<std::string, std::map<std::int64_t, int>> runs;
  std::ifstream log(log_path);
  std::string schedule;
  for (std::int64_t fire_time = 0; log >> schedule >> fire_time;)
    ++runs[schedule][fire_time];

  EXPECT_GT(runs["most"].size(), 100U);
  for (const auto &[fire_time, count] : runs["most"])
    EXPECT_EQ(count, 1) << fire_time;
  std::optional<std::int64_t> previous;
  for (const auto &[fire_time, count] : runs["least"]) {
    if (previous) {
      EXPECT_EQ(fire_time - *previous, microseconds(step).count());
    }
    previous = fire_time;
  }
  EXPECT_TRUE(open_sqlite_store(folder + "/jobs.db")->unfinished().empty());
  for (const char *file :
       {"/jobs.db", "/jobs.db-wal", "/jobs.db-shm", "/jobs.db.lock", "/log"})
    ::unlink((folder + file).c_str());
  ::rmdir(folder.c_str());
}
