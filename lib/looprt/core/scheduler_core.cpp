// What users ask of the scheduler.
#include "looprt/scheduler_core.h"

#include "scheduler_state.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

namespace looprt {

std::string_view name_of(event::kind kind) {
  constexpr std::array<std::string_view, 11> names = {
      "schedule_added",  "schedule_removed", "schedule_finished",
      "schedule_paused", "schedule_resumed", "job_started",
      "job_finished",    "job_missed",       "job_skipped",
      "job_waiting",     "job_cancelled"};
  return names[static_cast<std::size_t>(kind)];
}

/// From 0 to \p most, the same for the same schedule and fire time for ever.
static microseconds jitter_of(const schedule_record &record,
                              microseconds most) {
  std::uint64_t hash = 14695981039346656037ULL; // FNV-1a over the name
  if (record.extras && !record.extras->name.empty())
    for (const char c : record.extras->name)
      hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
  else
    hash ^= record.sequence;
  hash +=
      static_cast<std::uint64_t>(record.next_fire->time_since_epoch().count());
  hash = (hash ^ hash >> 30) * 0xbf58476d1ce4e5b9ULL; // splitmix64
  hash = (hash ^ hash >> 27) * 0x94d049bb133111ebULL;
  hash ^= hash >> 31;
  const auto range = static_cast<std::uint64_t>(most.count()) + 1;
  return microseconds(static_cast<std::int64_t>(hash % range));
}

void scheduler_core::state::arm(schedule_id id, schedule_record &record) {
  if (!record.next_fire || record.paused)
    return;
  wall_time due = *record.next_fire;
  if (record.options->jitter > microseconds(0))
    due += jitter_of(record, record.options->jitter);
  record.timer = timers.arm(due, id, record.options->priority);
}

void scheduler_core::state::disarm(schedule_record &record) {
  timers.cancel(record.timer);
  record.timer = no_timer;
}

schedule_id scheduler_core::state::insert(schedule_record fresh,
                                          wall_time now) {
  fresh.sequence = ++sequence;
  fresh.next_fire = following(fresh, fresh.last_fire, now);
  const schedule_id id = schedules.insert(std::move(fresh));
  schedule_record &stored = *schedules.find(id);
  arm(id, stored);
  record({.what = event::kind::schedule_added, .time = now, .schedule = id});
  return id;
}

void scheduler_core::state::erase(schedule_id id, schedule_record &record) {
  disarm(record);
  if (record.extras && !record.extras->name.empty())
    names.erase(record.extras->name);
  schedules.erase(id);
}

void scheduler_core::state::pause(schedule_id id, schedule_record &record,
                                  wall_time now, std::string note) {
  disarm(record);
  record.paused = true;
  this->record({.what = event::kind::schedule_paused,
                .time = now,
                .schedule = id,
                .note = note});
  record.more().note = std::move(note);
}

scheduler_core::scheduler_core() : self(std::make_unique<state>()) {}
scheduler_core::~scheduler_core() = default;
scheduler_core::scheduler_core(scheduler_core &&) noexcept = default;
scheduler_core &scheduler_core::operator=(scheduler_core &&) noexcept = default;

schedule_id scheduler_core::add(std::uint64_t task, trigger when,
                                const shared_schedule_options &options,
                                wall_time now) {
  return self->insert({.when = when.anchored(options->beginning(now)),
                       .options = options,
                       .task = task},
                      now);
}

schedule_id scheduler_core::add(schedule_spec spec, wall_time now,
                                std::optional<wall_time> last_fire_time) {
  static const auto defaults = std::make_shared<const schedule_options>();
  if (!spec.options)
    spec.options = defaults;
  const schedule_id taken = find(spec.name);
  if (taken != schedule_id::none) {
    if (spec.options->conflict == conflict_policy::keep)
      return taken;
    if (spec.options->conflict == conflict_policy::refuse)
      throw schedule_conflict("there is a schedule `" + spec.name +
                              "` already");
    remove(taken, now);
  }

  schedule_record record{.when =
                             spec.when.anchored(spec.options->beginning(now)),
                         .options = std::move(spec.options),
                         .task = spec.task,
                         .last_fire = last_fire_time};
  if (!spec.name.empty())
    record.more().name = spec.name;
  const schedule_id id = self->insert(std::move(record), now);
  if (!spec.name.empty())
    self->names.emplace(std::move(spec.name), id);
  return id;
}

bool scheduler_core::remove(schedule_id schedule, wall_time now) {
  schedule_record *record = self->schedules.find(schedule);
  if (!record)
    return false;
  self->erase(schedule, *record);
  self->record({.what = event::kind::schedule_removed,
                .time = now,
                .schedule = schedule});
  return true;
}

bool scheduler_core::pause(schedule_id schedule, wall_time now,
                           std::string note) {
  schedule_record *record = self->schedules.find(schedule);
  if (!record)
    return false;
  self->pause(schedule, *record, now, std::move(note));
  return true;
}

bool scheduler_core::resume(schedule_id schedule, wall_time now,
                            std::optional<wall_time> from) {
  schedule_record *record = self->schedules.find(schedule);
  if (!record)
    return false;
  if (!record->paused)
    return true;

  record->paused = false;
  record->more().note.clear();
  wall_time least = from.value_or(now);
  if (record->last_fire)
    least = std::max(least, *record->last_fire + microseconds(1));
  // A date that was never reached is not lost by a pause.
  record->next_fire = record->last_fire || from
                          ? following(*record, least - microseconds(1), now)
                          : following(*record, std::nullopt, now);
  self->arm(schedule, *record);
  self->record({.what = event::kind::schedule_resumed,
                .time = now,
                .schedule = schedule});
  self->retire_if_done(schedule, now);
  return true;
}

bool scheduler_core::reschedule(schedule_id schedule, trigger when,
                                wall_time now) {
  schedule_record *record = self->schedules.find(schedule);
  if (!record)
    return false;
  self->disarm(*record);
  record->when = when.anchored(record->options->beginning(now));
  record->next_fire = following(*record, std::nullopt, now);
  self->arm(schedule, *record);
  self->retire_if_done(schedule, now);
  return true;
}

bool scheduler_core::trigger_now(schedule_id schedule, wall_time now) {
  if (!self->schedules.find(schedule))
    return false;
  self->ask(request::kind::triggered, schedule, now);
  return true;
}

bool scheduler_core::backfill(schedule_id schedule, wall_time first,
                              wall_time last, wall_time /*now*/) {
  schedule_record *record = self->schedules.find(schedule);
  if (!record)
    return false;
  const std::optional<wall_time> next = record->when.at_or_after(first);
  if (!next || *next > last)
    return true;
  record->more().backfill.push_back({*next, last});
  self->ask(request::kind::backfill, schedule);
  return true;
}

job_id scheduler_core::run(std::uint64_t task, wall_time now,
                           std::optional<wall_time> fire_time) {
  const job_id id = self->jobs.insert(
      {{.task = task, .fire_time = fire_time.value_or(now)}, {}});
  self->jobs.find(id)->what.id = id;
  self->ready.push_back({request::kind::lone, schedule_id::none, id, now});
  return id;
}

std::optional<wall_time> scheduler_core::next_deadline() const {
  if (!self->ready.empty())
    return wall_time::min();
  return self->timers.next_deadline();
}

bool scheduler_core::take_due(wall_time now, std::size_t limit,
                              std::vector<command> &commands) {
  for (std::size_t served = 0; served < limit; ++served) {
    if (!self->ready.empty()) {
      const request next = self->ready.front();
      self->ready.pop_front();
      self->serve(next, now, commands);
      continue;
    }
    const auto due = self->timers.pop_due(now);
    if (!due)
      return false;
    self->fire(due->payload, now, commands);
  }
  const std::optional<wall_time> next = next_deadline();
  return next && *next <= now;
}

bool scheduler_core::finish(job_id job, job_outcome outcome, wall_time now) {
  const job_record *found = self->jobs.find(job);
  if (!found || !after(found->state, job_step::finish))
    return false;
  self->ended(job, outcome, now);
  return true;
}

bool scheduler_core::cancel(job_id job, wall_time now,
                            std::vector<command> &commands) {
  job_record *found = self->jobs.find(job);
  if (!found || found->state == job_state::cancelling)
    return false;

  found->state = *after(found->state, job_step::cancel);
  if (found->state == job_state::finished) {
    self->ended(job, job_outcome::cancelled, now);
    return true;
  }
  commands.push_back({command::kind::cancel, found->what});
  self->record({.what = event::kind::job_cancelled,
                .time = now,
                .schedule = found->what.schedule,
                .job = job,
                .fire_time = found->what.fire_time});
  return true;
}

std::optional<schedule_status>
scheduler_core::status(schedule_id schedule) const {
  const schedule_record *record = self->schedules.find(schedule);
  if (!record)
    return std::nullopt;

  schedule_status status{.task = record->task,
                         .last_fire_time = record->last_fire,
                         .paused = record->paused,
                         .running_jobs = record->running};
  if (!record->paused)
    status.next_fire_time = record->next_fire;
  if (record->extras) {
    status.name = record->extras->name;
    status.note = record->extras->note;
    status.waiting_jobs = record->extras->waiting.size();
  }
  return status;
}

std::optional<trigger> scheduler_core::trigger_of(schedule_id schedule) const {
  const schedule_record *record = self->schedules.find(schedule);
  if (!record)
    return std::nullopt;
  return record->when;
}

shared_schedule_options scheduler_core::options_of(schedule_id schedule) const {
  const schedule_record *record = self->schedules.find(schedule);
  return record ? record->options : nullptr;
}

schedule_id scheduler_core::find(const std::string &name) const {
  if (name.empty())
    return schedule_id::none;
  const auto found = self->names.find(name);
  return found == self->names.end() ? schedule_id::none : found->second;
}

std::vector<schedule_id> scheduler_core::schedules() const {
  std::vector<std::pair<std::uint64_t, schedule_id>> found;
  self->schedules.each([&](schedule_id id, const schedule_record &record) {
    found.emplace_back(record.sequence, id);
  });
  std::sort(found.begin(), found.end());
  std::vector<schedule_id> ids;
  ids.reserve(found.size());
  for (const auto &[sequence, id] : found)
    ids.push_back(id);
  return ids;
}

std::vector<job> scheduler_core::state::jobs_that(bool wait) const {
  std::vector<job> found;
  jobs.each([&](job_id, const job_record &record) {
    if ((record.state == job_state::waiting) == wait)
      found.push_back(record.what);
  });
  return found;
}

std::vector<job> scheduler_core::running_jobs() const {
  return self->jobs_that(/*wait=*/false);
}

std::vector<job> scheduler_core::waiting_jobs() const {
  return self->jobs_that(/*wait=*/true);
}

std::size_t scheduler_core::schedule_count() const {
  return self->schedules.size();
}

std::size_t scheduler_core::job_count() const { return self->jobs.size(); }

void scheduler_core::record_events(event_detail detail) {
  self->detail = detail;
}

std::vector<event> scheduler_core::take_events(std::size_t most) {
  std::deque<event> &events = self->events;
  const auto end = events.begin() +
                   static_cast<std::ptrdiff_t>(std::min(most, events.size()));
  std::vector<event> taken(std::move_iterator(events.begin()),
                           std::move_iterator(end));
  events.erase(events.begin(), end);
  return taken;
}

} // namespace looprt
