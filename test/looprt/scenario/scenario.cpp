// Plays scenarios on the C++ scheduler under a virtual clock and prints what it
// tells: the C++ half of test/looprt/python/differential.py, which describes
// the format, writes the scenarios and plays them on the Python scheduler.
#include "looprt/run.h"
#include "looprt/scheduler.h"
#include "looprt/sleep.h"

#include <iostream>
#include <sstream>
#include <string>
#include <vector>

using namespace looprt;

namespace {

/// `OFFSET VERB REST`; the offset is from the start of the scenario.
struct step {
  microseconds offset;
  std::string verb;
  std::string rest;
};

wall_time start_time;

wall_time moment(std::int64_t offset) {
  return start_time + microseconds(offset);
}

void print(const event &event, const std::string &schedule) {
  std::cout << (event.time - start_time).count() << ' ' << name_of(event.what)
            << ' ' << (schedule.empty() ? "-" : schedule) << ' '
            << static_cast<std::uint64_t>(event.job);
  const bool of_job = name_of(event.what).starts_with("job_");
  if (of_job)
    std::cout << ' ' << (event.fire_time - start_time).count();
  std::cout << ' ' << event.count;
  if (event.what == event::kind::job_finished)
    std::cout << ' ' << name_of(event.outcome);
  if (!event.note.empty())
    std::cout << ' ' << event.note;
  std::cout << '\n';
}

/// The one task: sleeps for the microseconds that its argument begins with, and
/// fails where that ends in "error".
task<void> work(job_context job) {
  std::istringstream words(job.arguments);
  std::int64_t length = 0;
  std::string outcome;
  words >> length >> outcome;
  co_await sleep_for(microseconds(length));
  if (outcome == "error")
    throw std::runtime_error("as it was told");
}

/// `NAME LENGTH OUTCOME|TRIGGER|OPTIONS`
task<void> add(scheduler &scheduler, const std::string &rest) {
  std::istringstream parts(rest);
  std::string name, arguments, trigger_text, options;
  parts >> name >> std::ws;
  std::getline(parts, arguments, '|');
  std::getline(parts, trigger_text, '|');
  std::getline(parts, options);
  try {
    co_await scheduler.add_schedule("work", trigger::parse(trigger_text),
                                    schedule_options::parse(options), name,
                                    arguments);
  } catch (const schedule_conflict &) {
    std::cout << "conflict " << name << '\n';
  }
}

/// What is asked of one schedule; `NAME` and the verb's own words.
task<void> ask(scheduler &scheduler, const step &step) {
  std::istringstream words(step.rest);
  std::string name;
  words >> name;
  const schedule_id id = scheduler.find(name);
  std::int64_t first = 0, last = 0;
  if (id == schedule_id::none) {
    std::cout << "nobody " << name << '\n';
  } else if (step.verb == "remove") {
    co_await scheduler.remove_schedule(id);
  } else if (step.verb == "pause") {
    std::string note;
    words >> note;
    co_await scheduler.pause_schedule(id, note);
  } else if (step.verb == "resume") {
    if (words >> first)
      co_await scheduler.unpause_schedule(id, moment(first));
    else
      co_await scheduler.unpause_schedule(id);
  } else if (step.verb == "reschedule") {
    std::string text;
    std::getline(words >> std::ws, text);
    co_await scheduler.reschedule(id, trigger::parse(text));
  } else if (step.verb == "trigger") {
    scheduler.trigger_now(id);
  } else if (step.verb == "backfill") {
    words >> first >> last;
    scheduler.backfill(id, moment(first), moment(last));
  }
}

task<void> take(scheduler &scheduler, virtual_clock &clock, const step &step) {
  if (step.verb == "add")
    co_await add(scheduler, step.rest);
  else if (step.verb == "job")
    scheduler.add_job("work", step.rest);
  else if (step.verb == "suspend") // the machine, not the program
    clock.advance(microseconds(std::stoll(step.rest)));
  else if (step.verb == "set") // by somebody
    clock.set_wall(clock.wall_now() + microseconds(std::stoll(step.rest)));
  else
    co_await ask(scheduler, step);
}

task<void> play(virtual_clock &clock, const std::vector<step> &steps) {
  // As many a turn as in Python: where more is due, ends come between.
  scheduler scheduler({.budget = 32});
  scheduler.configure_task("work", work);
  scheduler.subscribe(print);
  const auto body = [&](task_group &group) -> task<void> {
    group.start_soon(scheduler.run_until_stopped());
    for (const step &step : steps) {
      const microseconds delay = moment(step.offset.count()) - clock.wall_now();
      if (delay > delay.zero())
        co_await sleep_for(delay);
      if (step.verb != "stop") {
        co_await take(scheduler, clock, step);
        continue;
      }
      const auto cancelled =
          co_await scheduler.stop(microseconds(std::stoll(step.rest)));
      std::cout << (clock.wall_now() - start_time).count() << " stopped "
                << cancelled.size() << '\n';
    }
  };
  co_await with_task_group(body);
}

} // namespace

/// Reads scenarios from the standard input: `scenario NUMBER START`, steps, and
/// `end`.
int main() {
  std::string word, line;
  std::vector<step> steps;
  while (std::cin >> word) {
    if (word == "scenario") {
      std::int64_t number = 0, begin = 0;
      std::cin >> number >> begin;
      start_time = wall_time(microseconds(begin));
      steps.clear();
      std::cout << "scenario " << number << '\n';
      continue;
    }
    if (word != "end") {
      step read{microseconds(std::stoll(word)), {}, {}};
      std::cin >> read.verb >> std::ws;
      std::getline(std::cin, read.rest);
      steps.push_back(std::move(read));
      continue;
    }
    virtual_clock clock(start_time);
    run(play(clock, steps), {.clock = &clock});
  }
}
