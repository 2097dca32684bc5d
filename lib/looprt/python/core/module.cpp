// The module `looprt._core`. Times are integers, microseconds since 1970 in
// UTC; the Python side makes `datetime` of them. Nothing here is for users:
// looprt's Python modules are.
#include "driver.h"
#include "job_coroutine.h"
#include "loader_types.h"

#include <pybind11/stl.h>

namespace looprt::python {

namespace {

wall_time at(std::int64_t time) { return wall_time(microseconds(time)); }

std::int64_t micros(wall_time time) { return time.time_since_epoch().count(); }

std::optional<wall_time> at(std::optional<std::int64_t> time) {
  if (!time)
    return std::nullopt;
  return at(*time);
}

std::optional<std::int64_t> micros(std::optional<wall_time> time) {
  if (!time)
    return std::nullopt;
  return micros(*time);
}

dst_policy policy(const std::string &gap, const std::string &overlap) {
  dst_policy chosen;
  if (gap == "skip")
    chosen.gap = dst_gap::skip;
  else if (gap != "run_after")
    throw std::invalid_argument("dst_gap is run_after or skip, not " + gap);
  if (overlap == "both")
    chosen.overlap = dst_overlap::both;
  else if (overlap == "second")
    chosen.overlap = dst_overlap::second;
  else if (overlap != "first")
    throw std::invalid_argument("dst_overlap is first, both or second, not " +
                                overlap);
  return chosen;
}

std::optional<std::chrono::local_days> day(std::optional<std::int64_t> number) {
  if (!number)
    return std::nullopt;
  return std::chrono::local_days(std::chrono::days(*number));
}

void bind_triggers(py::module_ &module) {
  py::class_<trigger>(module, "Trigger")
      .def_static("parse", &trigger::parse)
      .def_static("date",
                  [](std::int64_t time) { return date_trigger(at(time)); })
      .def_static("interval",
                  [](std::int64_t step, std::optional<std::int64_t> start,
                     std::optional<std::int64_t> end) {
                    return interval_trigger(
                        microseconds(step),
                        {.start = at(start), .end = at(end)});
                  })
      .def_static("cron",
                  [](const std::string &expression, const std::string &zone,
                     const std::string &gap, const std::string &overlap,
                     std::optional<std::int64_t> start,
                     std::optional<std::int64_t> end) {
                    return cron_trigger(expression,
                                        {.zone = time_zone::find(zone),
                                         .dst = policy(gap, overlap),
                                         .start = at(start),
                                         .end = at(end)});
                  })
      .def_static("calendar",
                  [](std::array<int, 4> steps, std::int64_t second,
                     std::optional<std::int64_t> start,
                     std::optional<std::int64_t> end, const std::string &zone,
                     const std::string &gap, const std::string &overlap) {
                    return calendar_interval_trigger(
                        {.years = steps[0],
                         .months = steps[1],
                         .weeks = steps[2],
                         .days = steps[3],
                         .at = std::chrono::seconds(second),
                         .start = day(start),
                         .end = day(end),
                         .zone = time_zone::find(zone),
                         .dst = policy(gap, overlap)});
                  })
      .def_static("both",
                  [](std::vector<trigger> triggers, std::int64_t threshold) {
                    return and_trigger(std::move(triggers),
                                       microseconds(threshold));
                  })
      .def_static("either",
                  [](std::vector<trigger> triggers) {
                    return or_trigger(std::move(triggers));
                  })
      .def("next",
           [](const trigger &self, std::optional<std::int64_t> previous,
              std::int64_t now) {
             return micros(self.next(at(previous), at(now)));
           })
      .def("anchored", [](const trigger &self,
                          std::int64_t now) { return self.anchored(at(now)); })
      .def("text", &trigger::text);
}

void bind_options(py::module_ &module) {
  py::class_<schedule_options, std::shared_ptr<schedule_options>>(module,
                                                                  "Options")
      .def(py::init([](const std::string &text) {
        return std::make_shared<schedule_options>(
            schedule_options::parse(text));
      }))
      .def("beginning",
           [](const schedule_options &self, std::int64_t now) {
             return micros(self.beginning(at(now)));
           })
      .def("text", &schedule_options::text);
}

py::list events_of(driver &self) {
  py::list said;
  for (const event &each : self.core.take_events())
    said.append(py::make_tuple(
        std::string(name_of(each.what)), micros(each.time),
        static_cast<std::uint64_t>(each.schedule),
        static_cast<std::uint64_t>(each.job), micros(each.fire_time),
        each.count, std::string(name_of(each.outcome)), each.note));
  return said;
}

py::object status_of(const driver &self, std::uint64_t schedule) {
  const std::optional<schedule_status> status =
      self.core.status(schedule_id{schedule});
  if (!status)
    return py::none();
  return py::make_tuple(status->name, micros(status->next_fire_time),
                        micros(status->last_fire_time), status->paused,
                        status->note, status->running_jobs,
                        status->waiting_jobs);
}

std::vector<std::uint64_t> schedules_of(const driver &self) {
  std::vector<std::uint64_t> ids;
  for (const schedule_id id : self.core.schedules())
    ids.push_back(static_cast<std::uint64_t>(id));
  return ids;
}

std::vector<std::uint64_t> ids_of(const std::vector<job> &jobs) {
  std::vector<std::uint64_t> ids;
  for (const job &each : jobs)
    ids.push_back(static_cast<std::uint64_t>(each.id));
  return ids;
}

void bind_control(py::class_<driver> &type) {
  type.def("pause",
           [](driver &self, std::uint64_t schedule, std::string note) {
             return self.core.pause(schedule_id{schedule}, self.now(),
                                    std::move(note));
           })
      .def("resume",
           [](driver &self, std::uint64_t schedule,
              std::optional<std::int64_t> from) {
             return self.core.resume(schedule_id{schedule}, self.now(),
                                     at(from));
           })
      .def("reschedule",
           [](driver &self, std::uint64_t schedule, const trigger &when,
              std::int64_t now) {
             return self.core.reschedule(schedule_id{schedule}, when, at(now));
           })
      .def("anchored",
           [](const driver &self, std::uint64_t schedule, const trigger &when,
              std::int64_t now) {
             return when.anchored(self.core.options_of(schedule_id{schedule})
                                      ->beginning(at(now)));
           })
      .def("trigger_now",
           [](driver &self, std::uint64_t schedule) {
             return self.core.trigger_now(schedule_id{schedule}, self.now());
           })
      .def("backfill",
           [](driver &self, std::uint64_t schedule, std::int64_t first,
              std::int64_t last) {
             return self.core.backfill(schedule_id{schedule}, at(first),
                                       at(last), self.now());
           })
      .def("find",
           [](const driver &self, const std::string &name) {
             return static_cast<std::uint64_t>(self.core.find(name));
           })
      .def("status", &status_of)
      .def("schedules", &schedules_of)
      .def("schedule_count",
           [](const driver &self) { return self.core.schedule_count(); })
      .def("job_count",
           [](const driver &self) { return self.core.job_count(); })
      .def("take_events", &events_of);
}

} // namespace

void bind_driver(py::module_ &module) {
  py::class_<driver> type(module, "Driver");
  type.def(py::init<py::object, py::object, py::object, py::object>())
      .def("add", &driver::add)
      .def("add_named", &driver::add_named)
      .def("run", &driver::run)
      .def("remove", &driver::remove)
      .def("cancel", &driver::cancel)
      .def("drain", &driver::drain)
      .def("watch", &driver::watch)
      .def("tell_ends", &driver::tell_ends)
      .def("running",
           [](const driver &self) { return ids_of(self.core.running_jobs()); })
      .def("waiting",
           [](const driver &self) { return ids_of(self.core.waiting_jobs()); })
      .def("record_events", &driver::record_events)
      .def("clear", &driver::clear)
      .def("starting",
           [](const driver &self) { return micros(self.starting()); })
      .def("now", [](const driver &self) { return micros(self.now()); })
      .def("add_many",
           [](driver &self, const py::object &callable,
              const py::iterable &triggers,
              const std::shared_ptr<schedule_options> &options) {
             std::vector<std::uint64_t> ids;
             for (const py::handle each : triggers)
               ids.push_back(
                   self.add(callable, each.cast<const trigger &>(), options));
             return ids;
           })
      .def("arm", [](driver &self) { return micros(self.arm()); })
      .def("job", [](const driver &self, std::uint64_t id) -> py::object {
        for (const job &each : self.core.running_jobs())
          if (static_cast<std::uint64_t>(each.id) == id)
            return py::make_tuple(static_cast<std::uint64_t>(each.schedule),
                                  micros(each.fire_time));
        return py::none();
      });
  bind_control(type);
}

} // namespace looprt::python

PYBIND11_MODULE(_core, module) {
  using namespace looprt::python;
  namespace py = pybind11;
  py::register_exception<looprt::schedule_conflict>(module, "ScheduleConflict",
                                                    PyExc_ValueError);
  bind_triggers(module);
  bind_options(module);
  bind_driver(module);
  register_job_coroutine(module);
  register_loader_types(module);
}
