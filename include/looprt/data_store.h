// Where schedules and jobs outlive the process.
//
// What a store promises, whatever kills the process, and when:
//
//   - a schedule that put() has stored is there until remove()
//   - a fire time of a schedule becomes a job once: begin() stores the job and
//     advances the schedule in one transaction, and refuses one it has seen
//   - a job that began and did not finish is in unfinished() at the next start.
//     Under at_least_once it then runs again, under at_most_once it is
//     abandoned
//
// Only schedules with a name are stored. A store is called by one thread at a
// time, which need not be the same one; calls block.
#pragma once

#include "looprt/clock.h"
#include "looprt/job.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

namespace looprt {

struct stored_schedule {
  std::string name;
  std::string task;      ///< by the name that it is configured under
  std::string arguments; ///< whatever the task makes of it
  std::string trigger;   ///< trigger::text()
  std::string options;   ///< schedule_options::text()
  std::optional<wall_time> last_fire_time = {};
  bool paused = false;
  std::string note = {};
};

struct stored_job {
  std::int64_t key = 0; ///< the store's own, for finish()
  std::string schedule;
  std::string task;
  std::string arguments;
  wall_time fire_time{};
  bool at_most_once = false;
};

struct finished_job {
  std::int64_t key;
  job_outcome outcome;
};

class data_store {
public:
  data_store() = default;
  data_store(const data_store &) = delete;
  data_store &operator=(const data_store &) = delete;
  virtual ~data_store() = default;

  virtual std::vector<stored_schedule> schedules() = 0;
  /// Jobs of an earlier process that did not finish, oldest first.
  virtual std::vector<stored_job> unfinished() = 0;

  virtual void put(const stored_schedule &schedule) = 0;
  virtual void remove(const std::string &name) = 0;

  /// One transaction: first \p finished, then each of \p beginning, whose key
  /// is set, or left at 0 where its fire time has been a job before.
  virtual void commit(const std::vector<finished_job> &finished,
                      std::vector<stored_job> &beginning) = 0;
};

/// In memory: nothing outlives the process, but a scheduler.
std::unique_ptr<data_store> make_memory_store();

/// Another scheduler has the store open.
class store_locked : public std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// The store failed: the disk is full, the file is no store.
class store_error : public std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// In the SQLite database \p path, which is made where there is none. Locked by
/// `path.lock` as long as the store lives, by whatever process: the second gets
/// store_locked. Survives a kill and, where the disk keeps its word, a power
/// failure.
std::unique_ptr<data_store> open_sqlite_store(const std::string &path);

} // namespace looprt
