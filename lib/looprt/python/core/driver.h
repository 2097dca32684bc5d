// The scheduler on an asyncio loop: what the core says, done with tasks.
//
//   loop's timer ──▶ drain() ──▶ core.take_due ──▶ a task per job ──▶
//   job_coroutine
//                                      ▲                                   │
//                                      └────────── core.finish ◀───────────┘
//
// Python holds the one timer and sets it to next_deadline(); everything that
// happens per job happens here. All of it runs on the loop's thread under the
// GIL; nothing is thread-safe beyond that.
#pragma once

#include "looprt/scheduler_core.h"

#include <pybind11/pybind11.h>

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

namespace looprt::python {

namespace py = pybind11;

struct job_coroutine;

class driver {
public:
  /// \p create_task makes and starts an asyncio task of a coroutine.
  /// \p failed is called with (job, schedule, exception) for a job that raised.
  /// \p wake is called where drain() is wanted at once, or events wait.
  /// \p clock returns microseconds since 1970; None: the system's clock.
  driver(py::object create_task, py::object failed, py::object wake,
         py::object clock);
  ~driver();
  driver(const driver &) = delete;
  driver &operator=(const driver &) = delete;

  /// \p callable is called without arguments and returns a coroutine.
  std::uint64_t add(const py::object &callable, const trigger &when,
                    const std::shared_ptr<schedule_options> &options);
  /// As if added at \p added_at, by default now: a trigger that was anchored
  /// then must not miss its first time meanwhile.
  std::uint64_t add_named(const py::object &callable, const trigger &when,
                          const std::shared_ptr<schedule_options> &options,
                          std::string name,
                          std::optional<std::int64_t> last_fire,
                          std::optional<std::int64_t> added_at);
  std::uint64_t run(const py::object &callable);
  bool remove(std::uint64_t schedule);
  bool cancel(std::uint64_t job);

  /// Starts what is due: one portion, then more until \p seconds are over or
  /// \p most schedules have been asked. True where more is due.
  bool drain(double seconds, std::size_t most);

  /// Calls `callback(outcome, value)` once \p job has ended.
  void watch(std::uint64_t job, py::object callback);

  /// From here on wake() is called at the end of every job.
  void tell_ends() { telling_ends = true; }

  /// The next deadline, for which Python sets its timer; wake() is called where
  /// something is to be done earlier than that.
  std::optional<wall_time> arm();

  void record_events(bool on);
  bool records() const { return recording; }

  wall_time now() const;

  /// The fire time of the job that is being started, for what is called then.
  wall_time starting() const { return start_time; }

  scheduler_core core;

  // For job_coroutine.
  void ended(job_coroutine &coroutine, job_outcome outcome, PyObject *value);

  /// Lets go of everything of Python's; nothing may run after it.
  void clear();

private:
  struct task_of_schedule {
    std::uint64_t schedule = 0;
    py::object callable;
  };

  void keep(std::uint64_t schedule, const py::object &callable);
  void wake_if_early();
  void release(std::uint64_t schedule);
  void carry_out();
  void start(const job &what);
  void refuse_to_start(const job &what);
  void cancel_task(const job &what);
  void end_job(const job &what, job_outcome outcome, PyObject *value);
  PyObject *callable_of(const job &what) const;

  py::object create_task;
  py::object failed;
  py::object wake;
  py::object clock;
  bool recording = false;
  bool telling_ends = false;
  wall_time armed = wall_time::max();
  wall_time start_time{};
  // Both by the lower half of an id, which is the number of a slot.
  std::vector<task_of_schedule> tasks;
  std::vector<job_coroutine *> under_way;
  std::unordered_map<std::uint64_t, py::object> alone; // jobs without schedule
  std::unordered_map<std::uint64_t, py::object> watchers;
  std::vector<command> commands;
};

} // namespace looprt::python
