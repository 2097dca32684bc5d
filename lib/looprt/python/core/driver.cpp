// How jobs become tasks, and how their end comes back. See driver.h.
#include "driver.h"

#include "job_coroutine.h"

#include <chrono>

namespace looprt::python {

namespace {

// Schedules that are asked for between two looks at the clock.
constexpr std::size_t portion = 16;

std::uint32_t slot_of(std::uint64_t id) {
  return static_cast<std::uint32_t>(id);
}

} // namespace

driver::driver(py::object create_task, py::object failed, py::object wake,
               py::object clock)
    : create_task(std::move(create_task)), failed(std::move(failed)),
      wake(std::move(wake)), clock(std::move(clock)) {}

driver::~driver() = default;

wall_time driver::now() const {
  if (clock.is_none())
    return std::chrono::time_point_cast<microseconds>(
        std::chrono::system_clock::now());
  return wall_time(microseconds(clock().cast<std::int64_t>()));
}

void driver::keep(std::uint64_t schedule, const py::object &callable) {
  const std::uint32_t slot = slot_of(schedule);
  if (slot >= tasks.size())
    tasks.resize(slot + 1);
  tasks[slot] = {schedule, callable};
}

void driver::release(std::uint64_t schedule) {
  const std::uint32_t slot = slot_of(schedule);
  if (slot < tasks.size() && tasks[slot].schedule == schedule)
    tasks[slot] = {};
}

std::optional<wall_time> driver::arm() {
  const std::optional<wall_time> next = core.next_deadline();
  armed = next.value_or(wall_time::max());
  return next;
}

void driver::wake_if_early() {
  const std::optional<wall_time> next = core.next_deadline();
  if (recording || (next && *next < armed)) {
    armed = wall_time::min(); // a turn is under way; it arms anew
    wake();
  }
}

std::uint64_t driver::add(const py::object &callable, const trigger &when,
                          const std::shared_ptr<schedule_options> &options) {
  const auto id = static_cast<std::uint64_t>(core.add(0, when, options, now()));
  keep(id, callable);
  wake_if_early();
  return id;
}

std::uint64_t
driver::add_named(const py::object &callable, const trigger &when,
                  const std::shared_ptr<schedule_options> &options,
                  std::string name, std::optional<std::int64_t> last_fire,
                  std::optional<std::int64_t> added_at) {
  std::optional<wall_time> last;
  if (last_fire)
    last = wall_time(microseconds(*last_fire));
  const bool was_there = core.find(name) != schedule_id::none;
  const auto id = static_cast<std::uint64_t>(
      core.add({.task = 0, .when = when, .options = options, .name = name},
               added_at ? wall_time(microseconds(*added_at)) : now(), last));
  if (!was_there || options->conflict != conflict_policy::keep)
    keep(id, callable);
  wake_if_early();
  return id;
}

std::uint64_t driver::run(const py::object &callable) {
  const auto id = static_cast<std::uint64_t>(core.run(0, now()));
  alone.emplace(id, callable);
  return id;
}

bool driver::remove(std::uint64_t schedule) {
  if (!core.remove(schedule_id{schedule}, now()))
    return false;
  release(schedule);
  return true;
}

bool driver::cancel(std::uint64_t id) {
  std::vector<command> said;
  if (!core.cancel(job_id{id}, now(), said))
    return false;
  alone.erase(id);
  for (const command &each : said)
    cancel_task(each.job);
  if (said.empty()) { // it had not begun
    const auto watcher = watchers.extract(id);
    if (watcher)
      watcher.mapped()("cancelled", py::none());
  }
  return true;
}

bool driver::drain(double seconds, std::size_t most) {
  using steady = std::chrono::steady_clock;
  const steady::time_point end =
      steady::now() + std::chrono::duration_cast<steady::duration>(
                          std::chrono::duration<double>(seconds));
  const wall_time instant = now();
  bool more = true;
  std::size_t asked = 0;
  do {
    commands.clear();
    more = core.take_due(instant, portion, commands);
    carry_out();
    asked += portion;
  } while (more && asked < most && steady::now() < end);
  return more;
}

void driver::carry_out() {
  // A job that cannot start may add commands' worth of work, but never to this
  // list: it is handed out by take_due() alone.
  for (const command &each : commands) {
    if (each.what == command::kind::start)
      start(each.job);
    else
      cancel_task(each.job);
  }
}

PyObject *driver::callable_of(const job &what) const {
  const auto schedule = static_cast<std::uint64_t>(what.schedule);
  if (what.schedule != schedule_id::none)
    return tasks[slot_of(schedule)].callable.ptr();
  const auto found = alone.find(static_cast<std::uint64_t>(what.id));
  return found == alone.end() ? nullptr : found->second.ptr();
}

void driver::start(const job &what) {
  start_time = what.fire_time;
  PyObject *callable = callable_of(what);
  PyObject *made = callable ? PyObject_CallNoArgs(callable) : nullptr;
  if (!made) {
    refuse_to_start(what);
    return;
  }
  const auto id = static_cast<std::uint64_t>(what.id);
  const py::object coroutine = py::reinterpret_steal<py::object>(made);
  if (what.schedule == schedule_id::none)
    alone.erase(id);
  job_coroutine *wrapper =
      new_job_coroutine(coroutine.ptr(), py::cast(this).ptr(), what);
  if (!wrapper)
    throw py::error_already_set();
  const py::object held =
      py::reinterpret_steal<py::object>(reinterpret_cast<PyObject *>(wrapper));
  const std::uint32_t slot = slot_of(id);
  if (slot >= under_way.size())
    under_way.resize(slot + 1);
  under_way[slot] = wrapper;
  PyObject *task = PyObject_CallOneArg(create_task.ptr(), held.ptr());
  if (!task) // dropping the wrapper tells the core
    throw py::error_already_set();
  if (wrapper->owner)
    wrapper->task = task;
  else
    Py_DECREF(task); // begun eagerly, and has ended already
}

void driver::refuse_to_start(const job &what) {
  py::object error = py::none();
  if (PyErr_Occurred()) {
    py::error_already_set raised;
    error = raised.value();
    if (raised.trace())
      PyException_SetTraceback(error.ptr(), raised.trace().ptr());
  }
  alone.erase(static_cast<std::uint64_t>(what.id));
  end_job(what, job_outcome::error, error.ptr());
}

void driver::cancel_task(const job &what) {
  const auto id = static_cast<std::uint64_t>(what.id);
  const std::uint32_t slot = slot_of(id);
  if (slot >= under_way.size() || !under_way[slot] ||
      static_cast<std::uint64_t>(under_way[slot]->what.id) != id ||
      !under_way[slot]->task)
    return;
  py::handle(under_way[slot]->task).attr("cancel")();
}

void driver::ended(job_coroutine &coroutine, job_outcome outcome,
                   PyObject *value) {
  under_way[slot_of(static_cast<std::uint64_t>(coroutine.what.id))] = nullptr;
  const py::object owner = py::reinterpret_steal<py::object>(coroutine.owner);
  const py::object task = py::reinterpret_steal<py::object>(coroutine.task);
  coroutine.owner = nullptr;
  coroutine.task = nullptr;
  try {
    end_job(coroutine.what, outcome, value);
  } catch (py::error_already_set &error) {
    error.discard_as_unraisable("looprt scheduler");
  }
}

void driver::end_job(const job &what, job_outcome outcome, PyObject *value) {
  if (outcome == job_outcome::error)
    failed(static_cast<std::uint64_t>(what.id),
           static_cast<std::uint64_t>(what.schedule), py::handle(value));
  const std::size_t schedules = core.schedule_count();
  core.finish(what.id, outcome, now());
  if (core.schedule_count() < schedules)
    release(static_cast<std::uint64_t>(what.schedule));
  if (!watchers.empty()) {
    const auto watcher = watchers.extract(static_cast<std::uint64_t>(what.id));
    if (watcher)
      watcher.mapped()(std::string(name_of(outcome)), py::handle(value));
  }
  if (recording || telling_ends || core.next_deadline() == wall_time::min())
    wake();
}

void driver::watch(std::uint64_t job, py::object callback) {
  watchers[job] = std::move(callback);
}

void driver::record_events(bool on) {
  recording = on;
  core.record_events(on ? event_detail::all : event_detail::none);
}

void driver::clear() {
  const std::vector<task_of_schedule> dropped = std::exchange(tasks, {});
  create_task = failed = wake = clock = py::none();
}

} // namespace looprt::python
