// The store that says what a store does in the fewest lines.
#include "looprt/data_store.h"

#include <map>
#include <set>

namespace looprt {

namespace {

class memory_store final : public data_store {
public:
  std::vector<stored_schedule> schedules() override {
    std::vector<stored_schedule> all;
    for (const auto &[name, schedule] : stored)
      all.push_back(schedule);
    return all;
  }

  std::vector<stored_job> unfinished() override {
    std::vector<stored_job> all;
    for (const auto &[key, job] : jobs)
      all.push_back(job);
    return all;
  }

  void put(const stored_schedule &schedule) override {
    stored.insert_or_assign(schedule.name, schedule);
  }

  void remove(const std::string &name) override {
    stored.erase(name);
    seen.erase(name);
  }

  void commit(const std::vector<finished_job> &finished,
              std::vector<stored_job> &beginning) override {
    for (const finished_job &job : finished)
      jobs.erase(job.key);
    for (stored_job &job : beginning) {
      if (!seen[job.schedule].insert(job.fire_time).second)
        continue;
      job.key = ++last_key;
      jobs.emplace(job.key, job);
      if (const auto found = stored.find(job.schedule); found != stored.end())
        found->second.last_fire_time = job.fire_time;
    }
  }

private:
  std::map<std::string, stored_schedule> stored;
  std::map<std::string, std::set<wall_time>> seen;
  std::map<std::int64_t, stored_job> jobs;
  std::int64_t last_key = 0;
};

} // namespace

std::unique_ptr<data_store> make_memory_store() {
  return std::make_unique<memory_store>();
}

} // namespace looprt
