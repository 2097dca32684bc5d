//===- DescribeValue.cpp - references and what is returned, in words ------===//

#include "Describe.h"
#include "Spelling.h"
#include "looplint/Support/QualifiedName.h"

using namespace looplint;
using namespace looplint::models;

std::string models::quoted(llvm::StringRef text) {
  return ("`" + text + "`").str();
}

llvm::StringRef models::describe(InterpreterChange change) {
  switch (change) {
  case InterpreterChange::None:
    return "as it was";
  case InterpreterChange::Held:
    return "held";
  case InterpreterChange::Free:
    return "free";
  case InterpreterChange::Restored:
    return "as it was before";
  }
  llvm_unreachable("a change of the interpreter's lock without words");
}

std::string models::describe(const Reference &reference) {
  switch (reference.kind) {
  case Reference::Nothing:
    return "a loop";
  case Reference::Parameter:
  case Reference::ParameterField:
    return quoted(reference.name);
  case Reference::LibraryFunction:
    return quoted(spelled(reference.name));
  case Reference::PackedRest:
    return quoted("*" + reference.name);
  case Reference::Receiver:
    return "`self`";
  case Reference::ReceiverField:
    return quoted("self." + reference.name);
  case Reference::FreshLoop:
    return "a fresh loop";
  case Reference::CurrentLoop:
    return "the current loop";
  case Reference::RunningLoop:
    return "the running loop";
  case Reference::OwnLoop:
    return "its own loop";
  case Reference::MainLoop:
    return "the application's loop";
  case Reference::DefaultLoop:
    return "the default loop";
  case Reference::HostLoop:
    return "the loop of the program around it";
  }
  llvm_unreachable("a kind of reference without words");
}

static std::string describeInstance(const Returned &value) {
  std::string result = quoted(spelled(value.type));
  if (value.loop)
    result += " of " + describe(value.loop);
  return result;
}

static std::string describeTuple(const Returned &value) {
  std::string result = "a tuple of";
  for (const std::string &type : value.types)
    result += (&type == &value.types.front() ? " " : " and ") +
              (type == anyType ? "something" : quoted(spelled(type)));
  if (value.loop)
    result += " of " + describe(value.loop);
  return result;
}

static std::string describeLoop(const Reference &loop) {
  return loop.kind == Reference::FreshLoop ? "a new loop" : describe(loop);
}

std::string models::describeValue(const Returned &value) {
  std::string what = describe(value.reference);
  switch (value.kind) {
  case Returned::Unknown:
    return "";
  case Returned::Instance:
    return describeInstance(value);
  case Returned::TupleOf:
    return describeTuple(value);
  case Returned::Parameter:
  case Returned::ReceiverField:
    return what;
  case Returned::Receiver:
    return "`self`";
  case Returned::Loop:
    return describeLoop(value.loop);
  case Returned::AwaitedOf:
    return "what awaiting " + what + " gives";
  case Returned::CallOf:
    return "what calling " + what + " gives, awaited if need be";
  case Returned::ResultOf:
    return "what calling " + what + " gives";
  case Returned::ResultsOf:
    return "an iterable of what calling " + what + " gives";
  case Returned::ModuleNamed:
    return "the Python module that " + quoted(value.name) + " names";
  case Returned::PropertyOf:
    return "a property that calls " + what;
  case Returned::PairsOf:
    return "tuples of what is in " + what;
  case Returned::Number:
    return std::to_string(value.number);
  case Returned::CurrentThread:
    return "this thread's object";
  case Returned::MainThread:
    return "the main thread's object";
  case Returned::Partial:
    return what + " with the other arguments bound";
  case Returned::SameCallable:
    return "a wrapper that behaves like " + what +
           (value.type.empty()
                ? ""
                : ", with what a " + quoted(spelled(value.type)) + " has");
  case Returned::FutureOf:
    return "a wrapper that begins " + what + " at once and returns a future";
  case Returned::Element:
    return "what is kept in " + what;
  case Returned::Never:
    return "never";
  }
  llvm_unreachable("a kind of value without words");
}

std::string models::describe(const Returned &returned) {
  const std::string value = describeValue(returned);
  if (value.empty())
    return value;
  return "returns " + value + describe(returned.conditions);
}

std::string models::describe(llvm::ArrayRef<Condition> conditions) {
  std::string result;
  for (const Condition &condition : conditions) {
    result += result.empty() ? " (if " : " and ";
    result += quoted(condition.parameter) + " is ";
    result += textOf<Condition::Kind>(conditionSpellings, condition.kind).str();
    if (!condition.name.empty())
      result += " " + quoted(spelled(condition.name));
  }
  return result.empty() ? result : result + ")";
}

llvm::StringRef models::describe(TestSubject test) {
  switch (test) {
  case TestSubject::RunningLoop:
    return "a loop runs on this thread";
  case TestSubject::LoopRunning:
    return "runs";
  case TestSubject::LoopClosed:
    return "is closed";
  case TestSubject::LoopThread:
    return "is the loop of this thread";
  case TestSubject::MainThread:
    return "this is the main thread";
  case TestSubject::Done:
    return "is done";
  case TestSubject::CoroutineFunction:
    return "is a coroutine function";
  case TestSubject::Coroutine:
    return "is a coroutine object";
  case TestSubject::Awaitable:
    return "can be awaited";
  case TestSubject::Callable:
    return "can be called";
  case TestSubject::Empty:
    return "is empty";
  case TestSubject::Alive:
    return "has not ended";
  case TestSubject::PythonBelow:
  case TestSubject::PythonFrom:
    break;
  }
  llvm_unreachable("a test without words");
}
