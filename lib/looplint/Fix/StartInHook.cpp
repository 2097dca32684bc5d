//===- StartInHook.cpp - a framework starts what needs its loop -----------===//
//
//   scheduler.start()                  async def start_scheduler(app):
//   web.run_app(app)                       scheduler.start()
//
//                                      app.on_startup.append(start_scheduler)
//                                      web.run_app(app)
//
// A framework's own run makes the loop, so what belongs to that loop is started
// in the hook that the framework has for it. Models say what is to be written.
//
//===----------------------------------------------------------------------===//

#include "Cures.h"
#include "LoopInSight.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace looplint;
using python::Layout;
using python::Statement;

namespace {

class HookedStart {
public:
  HookedStart(Workbench &bench, OperationKey start, const Instance &instance)
      : bench(bench), draft(bench), start(start), instance(instance),
        file(bench.input.program.fileOf(start)),
        summary(bench.input.program.summary(file)), layout(bench.layout(file)),
        function(bench.functionOf(start)) {}

  std::optional<Fix> write();

private:
  bool findRun();
  bool findApplication();
  bool considerApplication(ValueId value, llvm::StringRef written);
  const StartupHook *hookOf(llvm::StringRef type) const;
  const Statement *statementOf(OperationKey at) const;
  bool isBoundOnce(ValueId value) const;
  std::uint32_t lastBindOf(ValueId value) const;
  ValueId receiverOfStart() const;
  bool chooseName();
  std::string filled(llvm::StringRef pattern);
  std::string definition(llvm::StringRef indentation);
  bool mayPass(OperationKey call, llvm::StringRef parameter) const;
  bool registerHook();
  bool passToConstructor();
  void insertArgument();

  Workbench &bench;
  Draft draft;
  OperationKey start;
  const Instance &instance;
  FileId file;
  const Summary &summary;
  const Layout &layout;
  FunctionKey function;
  const Event *run = nullptr;
  const StartupHook *hook = nullptr;
  ValueId application;
  std::string written; // the application
  OperationKey construction;
  std::string name;
};

} // namespace

/// What runs a loop of its own behind the start.
bool HookedStart::findRun() {
  for (const Event &event : instance.events) {
    bool isBehind = event.effect->kind == EffectKind::RunLoop &&
                    bench.functionOf(event.at) == function &&
                    start < event.at &&
                    bench.operation(event.at).kind == OperationKind::Call;
    if (isBehind && (!run || event.at < run->at))
      run = &event;
  }
  return run && run->effect->forever &&
         run->effect->loop.kind == Reference::FreshLoop;
}

/// The type's own, or that of the nearest base.
const StartupHook *HookedStart::hookOf(llvm::StringRef name) const {
  static constexpr std::size_t mostTypes = 32;
  llvm::SmallVector<llvm::StringRef, 8> open = {name};
  for (std::size_t i = 0; i < open.size() && i < mostTypes; ++i) {
    const ApiType *type = bench.input.models.type(open[i]);
    if (!type)
      continue;
    if (!type->startup.definition.empty())
      return &type->startup;
    open.append(type->bases.begin(), type->bases.end());
  }
  return nullptr;
}

bool HookedStart::considerApplication(ValueId value, llvm::StringRef text) {
  OperationKey made = constructionOf(bench, instance.frame, value);
  const ApiType *type = made ? constructedType(bench, made) : nullptr;
  if (!type || text.contains('('))
    return false;
  hook = hookOf(type->name);
  application = value;
  written = text.str();
  construction = made;
  return hook;
}

/// The run is given it, or is a method of it.
bool HookedStart::findApplication() {
  const Operation &call = bench.operation(run->at);
  for (const Argument &argument : summary.argumentsOf(call))
    if (considerApplication(argument.value,
                            bench.text(bench.valueOf(file, argument))))
      return true;
  const Value &callee = summary.value(call.value);
  return callee.kind == ValueKind::Attribute &&
         considerApplication(ValueId(callee.a),
                             bench.calleeOf(run->at).rsplit('.').first);
}

/// The statement that is this call and nothing else.
const Statement *HookedStart::statementOf(OperationKey at) const {
  std::uint32_t index = layout.statementAt(bench.operation(at).span.begin);
  if (index == Statement::none)
    return nullptr;
  const Statement &statement = layout.statements()[index];
  return statement.span == bench.operation(at).span &&
                 layout.hasLinesOfItsOwn(statement)
             ? &statement
             : nullptr;
}

ValueId HookedStart::receiverOfStart() const {
  const Value &callee = summary.value(bench.operation(start).value);
  return callee.kind == ValueKind::Attribute ? ValueId(callee.a) : ValueId();
}

/// The hook runs later: what it speaks of must be the same then.
bool HookedStart::isBoundOnce(ValueId id) const {
  unsigned binds = 0;
  for (ValueId part : subvalues(summary, id)) {
    const Value &value = summary.value(part);
    if (value.kind == ValueKind::Result)
      return false;
    if (value.kind != ValueKind::Local)
      continue;
    for (std::uint32_t i = bench.function(function).operations.begin;
         i < bench.function(function).operations.end; ++i)
      binds += summary.operations[i].kind == OperationKind::Bind &&
               summary.operations[i].variable == value.a;
  }
  return binds <= 1;
}

/// The operation of this function that binds the variable; 0 where none does.
std::uint32_t HookedStart::lastBindOf(ValueId id) const {
  const Value &value = summary.value(id);
  std::uint32_t last = 0;
  IndexRange range = bench.function(function).operations;
  for (std::uint32_t i = range.begin; i < range.end; ++i)
    if (value.kind == ValueKind::Local &&
        summary.operations[i].kind == OperationKind::Bind &&
        summary.operations[i].variable == value.a)
      last = i;
  return last;
}

/// `start_scheduler`, or what the argument is called.
bool HookedStart::chooseName() {
  llvm::StringRef what =
      bench.calleeOf(start).rsplit('.').first.rsplit('.').second;
  if (what.empty())
    what = bench.calleeOf(start).rsplit('.').first;
  std::string own = "start_" + what.ltrim('_').str();
  if (what.find_first_of("()[] \"'") != llvm::StringRef::npos)
    return false;
  name = hook->argument.empty()
             ? bench.freeName(file, {own, "on_startup", "start_up"})
             : bench.freeName(file, {hook->argument, own});
  return !name.empty();
}

std::string HookedStart::filled(llvm::StringRef pattern) {
  std::string text;
  while (!pattern.empty()) {
    auto [before, rest] = pattern.split('{');
    auto [key, behind] = rest.split('}');
    text += before;
    pattern = behind;
    if (key == "hook")
      text += name;
    else if (key == "app")
      text += written;
    else if (key == "start")
      text += bench.text(bench.locationOf(start));
    else if (!key.empty())
      text += draft.name(file, key.rsplit('.').first, key.rsplit('.').second);
  }
  return text;
}

/// The function, with that indentation in front of all lines but the first.
std::string HookedStart::definition(llvm::StringRef indentation) {
  std::string end = layout.lineEnd().str();
  std::string text;
  for (llvm::StringRef line : llvm::split(hook->definition, '\n'))
    text += (text.empty() ? "" : end + indentation.str()) + filled(line);
  return text;
}

/// What is missing of the empty lines above a function that is to stand at
/// \p offset; a comment there speaks of it.
static std::string gapAt(llvm::StringRef text, std::uint32_t offset,
                         bool isAtTop, const std::string &end) {
  llvm::StringRef above = text.take_front(offset);
  llvm::StringRef last = above.rtrim("\r\n").rsplit('\n').second;
  if (above.empty() ||
      (last.ltrim().starts_with("#") && !above.ends_with(end + end)))
    return "";
  std::string gap;
  for (unsigned wanted = isAtTop ? 3 : 2; wanted > 1; --wanted) {
    std::string lines;
    for (unsigned i = 0; i < wanted; ++i)
      lines += end;
    if (above.ends_with(lines))
      break;
    gap += end;
  }
  return gap;
}

/// In place of the start where the application is known there; else in front
/// of its run.
bool HookedStart::registerHook() {
  const Statement *at = statementOf(start);
  const Statement *running = statementOf(run->at);
  bool isKnown =
      lastBindOf(application) < bench.input.program.local(start).index();
  if (!isKnown && (!running || running->parent != at->parent ||
                   running->block != at->block))
    return false;
  const Statement &place = isKnown ? *at : *running;
  std::string end = layout.lineEnd().str();
  std::string indentation = layout.indentation(place.span.begin).str();
  bool isAtTop = place.parent == Statement::none;
  std::string between = isAtTop ? end + end + end : end + end;
  Span lines = layout.linesOf(place);
  std::string text = gapAt(bench.text(file), lines.begin, isAtTop, end) +
                     indentation + definition(indentation);
  if (!hook->registration.empty())
    text += between + indentation + filled(hook->registration);
  if (isKnown) {
    draft.replace({file, {lines.begin, place.span.end}}, text);
    llvm::StringRef below = bench.text(file).drop_front(lines.end);
    bool isClose = !below.empty() && !below.ltrim(" \t\r").starts_with("\n");
    if (hook->registration.empty() && isClose)
      draft.insert(file, lines.end, between.substr(end.size()));
  } else {
    draft.insert(file, lines.begin,
                 text + (hook->registration.empty() ? between : end));
    draft.removeStatement(file, layout.statementAt(at->span.begin));
  }
  return true;
}

bool HookedStart::mayPass(OperationKey call, llvm::StringRef parameter) const {
  return llvm::any_of(summary.argumentsOf(bench.operation(call)),
                      [&](const Argument &argument) {
                        if (argument.kind == Argument::Keyword)
                          return summary.string(argument.name) == parameter;
                        return argument.kind != Argument::Positional;
                      });
}

void HookedStart::insertArgument() {
  llvm::ArrayRef<Argument> given =
      summary.argumentsOf(bench.operation(construction));
  std::string text = hook->argument + "=" + name;
  if (given.empty())
    return draft.insert(file, bench.argumentsOf(construction).span.begin, text);
  draft.insert(file, given.back().span.end, ", " + text);
}

/// The application is made with the hook, which is defined above it.
bool HookedStart::passToConstructor() {
  bool isHere = bench.input.program.fileOf(construction) == file &&
                bench.functionOf(construction) == function &&
                bench.operation(construction).kind == OperationKind::Call;
  if (!isHere || mayPass(construction, hook->argument))
    return false;
  std::uint32_t index =
      layout.statementAt(bench.operation(construction).span.begin);
  if (index == Statement::none || statementOf(start) == nullptr)
    return false;
  const Statement &place = layout.statements()[index];
  // What the hook speaks of must be there whoever runs the application.
  std::uint32_t bind = lastBindOf(receiverOfStart());
  std::uint32_t holder =
      bind ? layout.statementAt(summary.operations[bind].span.begin)
           : Statement::none;
  bool isAlways = holder == Statement::none ||
                  (layout.statements()[holder].parent == place.parent &&
                   layout.statements()[holder].block == place.block);
  if (!isAlways || !layout.hasLinesOfItsOwn(place))
    return false;
  std::string end = layout.lineEnd().str();
  bool isAtTop = place.parent == Statement::none;
  std::string indentation = layout.indentation(place.span.begin).str();
  Span lines = layout.linesOf(place);
  draft.insert(file, lines.begin,
               gapAt(bench.text(file), lines.begin, isAtTop, end) +
                   indentation + definition(indentation) + end + end +
                   (isAtTop ? end : ""));
  insertArgument();
  draft.removeStatement(file,
                        layout.statementAt(bench.operation(start).span.begin));
  return true;
}

std::optional<Fix> HookedStart::write() {
  const Statement *at = statementOf(start);
  if (!at || bench.text({file, at->span}).contains('\n') || !findRun())
    return std::nullopt;
  std::string runner = "`" + bench.calleeOf(run->at).str() + "`";
  if (!findApplication()) {
    bench.reason = runner + " runs a loop of its own, and no hook is known in "
                            "which it could start this";
    return std::nullopt;
  }
  auto isWritten = [&](llvm::StringRef word) { return bench.isWritten(word); };
  if (llvm::any_of(hook->unless, isWritten) || !chooseName() ||
      !receiverOfStart() || !isBoundOnce(receiverOfStart()) ||
      !isBoundOnce(application)) {
    bench.reason = "how " + runner + " is to start it takes a decision";
    return std::nullopt;
  }
  if (!(hook->argument.empty() ? registerHook() : passToConstructor()))
    return std::nullopt;
  return draft.finish(Applicability::Unsafe,
                      "start it in a hook that runs on the framework's loop");
}

std::optional<Fix> cures::startInHook(Workbench &bench,
                                      const Finding &finding) {
  const Contexts &contexts = bench.input.contexts;
  OperationKey start = finding.subject.operation;
  if (bench.operation(start).kind != OperationKind::Call)
    return std::nullopt;
  // The finding's own instance may be that of a caller, which ends without a
  // run.
  FunctionKey function = bench.functionOf(start);
  for (std::uint32_t i = 0; i < contexts.instances.size(); ++i)
    if (contexts.isReached[i] && contexts.functionOf(InstanceId(i)) == function)
      return HookedStart(bench, start, contexts.instances[i]).write();
  return std::nullopt;
}
