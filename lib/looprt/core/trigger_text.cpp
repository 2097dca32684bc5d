// Reads a trigger's text: `name(argument, key=argument, …)`, where an argument
// is a word, a quoted string or such an expression. First into a tree that
// knows no triggers, then into a trigger.
#include "text.h"
#include "trigger_model.h"

#include <functional>
#include <map>
#include <stdexcept>

namespace looprt {

using std::string;
using std::string_view;

namespace {

struct node {
  string key;  // empty where the argument has none
  string word; // a name, where it is a call
  bool is_call = false;
  std::vector<node> arguments;
};

class reader {
public:
  explicit reader(string_view text) : text(text) {}

  node read() {
    node root = argument(/*depth=*/0);
    skip_blanks();
    if (at != text.size())
      refuse("what comes here was not expected");
    return root;
  }

private:
  [[noreturn]] void refuse(const string &why) const {
    throw std::invalid_argument("trigger `" + string(text) + "`, column " +
                                std::to_string(at + 1) + ": " + why);
  }

  void skip_blanks() {
    while (at < text.size() && text[at] == ' ')
      ++at;
  }

  bool take(char c) {
    skip_blanks();
    if (at == text.size() || text[at] != c)
      return false;
    ++at;
    return true;
  }

  string word() {
    skip_blanks();
    if (take('"')) {
      const std::size_t end = text.find('"', at);
      if (end == text.npos)
        refuse("the string does not end");
      const string_view quoted = text.substr(at, end - at);
      at = end + 1;
      return string(quoted);
    }
    const std::size_t end =
        std::min(text.find_first_of(" ,()=\"", at), text.size());
    if (end == at)
      refuse("a word belongs here");
    const string_view plain = text.substr(at, end - at);
    at = end;
    return string(plain);
  }

  // Bounded: nobody writes triggers sixteen levels deep.
  node argument(int depth) { // NOLINT(misc-no-recursion)
    if (depth > 16)
      refuse("triggers are nested too deeply");
    node result;
    result.word = word();
    if (take('=')) {
      result.key = std::move(result.word);
      result.word = word();
    }
    if (!take('('))
      return result;

    result.is_call = true;
    if (take(')'))
      return result;
    do
      result.arguments.push_back(argument(depth + 1));
    while (take(','));
    if (!take(')'))
      refuse("`)` belongs here");
    return result;
  }

  string_view text;
  std::size_t at = 0;
};

/// The arguments of one call, each to be asked for once.
class arguments {
public:
  explicit arguments(const node &call) : call(call) {
    for (const node &argument : call.arguments)
      if (argument.key.empty())
        positional.push_back(&argument);
      else
        named[argument.key] = &argument.word;
  }

  [[noreturn]] void refuse(const string &why) const {
    throw std::invalid_argument("trigger `" + call.word + "`: " + why);
  }

  /// The one argument without a key.
  const string &only() {
    if (positional.size() != 1)
      refuse("one argument without a name belongs here");
    return positional.front()->word;
  }

  const std::vector<const node *> &all() const { return positional; }

  template <class Parse> auto value(const string &word, Parse parse) const {
    auto parsed = parse(word);
    if (!parsed)
      refuse("`" + word + "` cannot be read");
    return *parsed;
  }

  /// Nothing where there is no argument \p key.
  template <class Parse>
  auto optional(const string &key, Parse parse) -> decltype(parse("")) {
    const auto found = named.find(key);
    if (found == named.end())
      return {};
    const string &word = *found->second;
    named.erase(found);
    return value(word, parse);
  }

  void refuse_others() const {
    if (!named.empty())
      refuse("there is no argument `" + named.begin()->first + "`");
  }

private:
  const node &call;
  std::vector<const node *> positional;
  std::map<string, const string *> named;
};

std::optional<dst_gap> parse_gap(string_view word) {
  if (word == "skip")
    return dst_gap::skip;
  if (word == "run_after")
    return dst_gap::run_after;
  return std::nullopt;
}

std::optional<dst_overlap> parse_overlap(string_view word) {
  if (word == "first")
    return dst_overlap::first;
  if (word == "both")
    return dst_overlap::both;
  if (word == "second")
    return dst_overlap::second;
  return std::nullopt;
}

std::optional<time_zone> parse_zone(string_view word) {
  return time_zone::find(word); // says itself what is wrong
}

dst_policy dst_of(arguments &given) {
  return {
      given.optional("gap", parse_gap).value_or(dst_gap::run_after),
      given.optional("overlap", parse_overlap).value_or(dst_overlap::first)};
}

trigger read_date(arguments &given) {
  return date_trigger(given.value(given.only(), text::parse_time));
}

trigger read_interval(arguments &given) {
  return interval_trigger(given.value(given.only(), text::parse_span),
                          {.start = given.optional("start", text::parse_time),
                           .end = given.optional("end", text::parse_time)});
}

trigger read_cron(arguments &given) {
  return cron_trigger(
      given.only(),
      {.zone = given.optional("zone", parse_zone).value_or(time_zone()),
       .dst = dst_of(given),
       .start = given.optional("start", text::parse_time),
       .end = given.optional("end", text::parse_time)});
}

trigger read_calendar(arguments &given) {
  const auto count = [&](const char *key) {
    return given.optional(key, text::digits).value_or(0);
  };
  calendar_interval interval{
      .years = count("years"),
      .months = count("months"),
      .weeks = count("weeks"),
      .days = count("days"),
      .at = given.optional("at", text::parse_time_of_day)
                .value_or(std::chrono::seconds(0)),
      .start = given.optional("start", text::parse_day),
      .end = given.optional("end", text::parse_day),
      .zone = given.optional("zone", parse_zone).value_or(time_zone()),
      .dst = dst_of(given)};
  return calendar_interval_trigger(std::move(interval));
}

trigger to_trigger(const node &tree);

std::vector<trigger>
parts_of(const arguments &given) { // NOLINT(misc-no-recursion)
  std::vector<trigger> parts;
  for (const node *part : given.all())
    parts.push_back(to_trigger(*part));
  return parts;
}

trigger read_named(const string &name,
                   arguments &given) { // NOLINT(misc-no-recursion)
  if (name == "date")
    return read_date(given);
  if (name == "interval")
    return read_interval(given);
  if (name == "cron")
    return read_cron(given);
  if (name == "calendar")
    return read_calendar(given);
  if (name == "or")
    return or_trigger(parts_of(given));
  if (name == "and")
    return and_trigger(parts_of(given),
                       given.optional("threshold", text::parse_span)
                           .value_or(std::chrono::seconds(1)));
  given.refuse("there is no such trigger");
}

trigger to_trigger(const node &tree) { // NOLINT(misc-no-recursion)
  arguments given(tree);
  if (!tree.is_call)
    given.refuse("this is not of the form `name(…)`");
  trigger result = read_named(tree.word, given);
  given.refuse_others();
  return result;
}

} // namespace

trigger trigger::parse(string_view text) {
  return to_trigger(reader(text).read());
}

} // namespace looprt
