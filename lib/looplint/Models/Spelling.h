//===- Spelling.h - the words of models, both ways ------------------------===//
//
// Each enumerator beside its spelling in TOML, once: the reader looks a word
// up, the printer looks a value up, and a message lists what there is.
//
//===----------------------------------------------------------------------===//

#ifndef LOOPLINT_LIB_MODELS_SPELLING_H
#define LOOPLINT_LIB_MODELS_SPELLING_H

#include "looplint/Models/Effect.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"

#include <optional>

namespace looplint::models {

template <typename Enumeration> struct Spelled {
  llvm::StringLiteral text;
  Enumeration value;
};

template <typename Enumeration>
using Spellings = llvm::ArrayRef<Spelled<Enumeration>>;

inline constexpr Spelled<Place> placeSpellings[] = {
    {"worker", Place::Worker},
    {"loop", Place::Loop},
    {"main", Place::Main},
    {"program", Place::Program},
    {"same", Place::Same},
    {"process", Place::Process},
    {"import", Place::Import},
    {"signal", Place::Signal},
    {"atexit", Place::AtExit},
    {"finalizer", Place::Finalizer},
    {"fresh-loop", Place::FreshLoop},
    {"worker-fresh-loop", Place::WorkerFreshLoop},
    {"anywhere", Place::Anywhere},
    {"elsewhere", Place::Unspecified},
};

inline constexpr Spelled<Accepts> acceptsSpellings[] = {
    {"sync", Accepts::Sync},
    {"both", Accepts::Both},
    {"coroutine-function", Accepts::CoroutineFunction},
    {"coroutine-object", Accepts::CoroutineObject},
    {"any", Accepts::Any},
};

/// Whether `of` names the subject; the other tests ask about this thread.
inline bool hasSubject(TestSubject test) {
  return test != TestSubject::RunningLoop && test != TestSubject::MainThread;
}

inline bool isAboutALoop(TestSubject test) {
  return test == TestSubject::LoopRunning || test == TestSubject::LoopClosed ||
         test == TestSubject::LoopThread;
}

inline constexpr Spelled<TestSubject> testSubjectSpellings[] = {
    {"running-loop", TestSubject::RunningLoop},
    {"loop-running", TestSubject::LoopRunning},
    {"loop-closed", TestSubject::LoopClosed},
    {"loop-thread", TestSubject::LoopThread},
    {"main-thread", TestSubject::MainThread},
    {"done", TestSubject::Done},
    {"coroutine-function", TestSubject::CoroutineFunction},
    {"coroutine", TestSubject::Coroutine},
    {"awaitable", TestSubject::Awaitable},
    {"callable", TestSubject::Callable},
    {"empty", TestSubject::Empty},
    {"alive", TestSubject::Alive},
};

inline constexpr Spelled<TestForm> testFormSpellings[] = {
    {"true", TestForm::True},
    {"raises", TestForm::Raises},
    {"none", TestForm::None},
};

inline constexpr Spelled<Reentry> reentrySpellings[] = {
    {"raises", Reentry::Raises},       {"hangs", Reentry::Hangs},
    {"aborts", Reentry::Aborts},       {"returns-error", Reentry::ReturnsError},
    {"undefined", Reentry::Undefined}, {"nests", Reentry::Nests},
    {"allowed", Reentry::Allowed},
};

inline constexpr Spelled<Condition::Kind> conditionSpellings[] = {
    {"present", Condition::Present},
    {"absent", Condition::Absent},
    {"none", Condition::IsNone},
    {"given", Condition::IsGiven},
    {"true", Condition::IsTrue},
    {"false", Condition::IsFalse},
    {"coroutine", Condition::IsCoroutine},
    {"coroutine-function", Condition::IsCoroutineFunction},
    {"plain-function", Condition::IsPlainFunction},
    {"type", Condition::IsType},
    {"no-type", Condition::IsNoType},
    {"value", Condition::IsValue},
    {"text", Condition::IsText},
    {"no-text", Condition::IsNoText},
    {"number", Condition::IsNumber},
    {"no-number", Condition::IsNoNumber},
};

inline constexpr Spelled<CacheUse> cacheSpellings[] = {
    {"answers", CacheUse::Answers},
    {"empties", CacheUse::Empties},
};

inline constexpr Spelled<InterpreterChange> interpreterSpellings[] = {
    {"held", InterpreterChange::Held},
    {"free", InterpreterChange::Free},
    {"restored", InterpreterChange::Restored},
};

inline constexpr Spelled<ClosureLife> closureSpellings[] = {
    {"call", ClosureLife::Call},
    {"statement", ClosureLife::Statement},
};

inline constexpr llvm::StringLiteral blockCategories[] = {
    "sleep", "network", "subprocess", "database", "synchronization",
    "file",  "input",   "cpu",        "import",
};

/// Loops that are named and not passed. Where a loop is meant these words win
/// over a parameter of the same name.
inline constexpr Spelled<Reference::Kind> loopSpellings[] = {
    {"fresh", Reference::FreshLoop},     {"current", Reference::CurrentLoop},
    {"running", Reference::RunningLoop}, {"own", Reference::OwnLoop},
    {"main", Reference::MainLoop},       {"default", Reference::DefaultLoop},
    {"host", Reference::HostLoop},
};

template <typename Enumeration>
std::optional<Enumeration> valueOf(Spellings<Enumeration> spellings,
                                   std::type_identity_t<llvm::StringRef> text) {
  for (const Spelled<Enumeration> &spelled : spellings)
    if (spelled.text == text)
      return spelled.value;
  return std::nullopt;
}

/// The spelling of \p value, empty if it has none.
template <typename Enumeration>
llvm::StringRef textOf(llvm::ArrayRef<Spelled<Enumeration>> spellings,
                       std::type_identity_t<Enumeration> value) {
  for (const Spelled<Enumeration> &spelled : spellings)
    if (spelled.value == value)
      return spelled.text;
  return {};
}

/// The effect that models spell \p text.
std::optional<EffectKind> effectKind(llvm::StringRef text);

/// "; did you mean `x`?" with the nearest of \p known; empty if none is near.
std::string didYouMean(llvm::StringRef written,
                       llvm::ArrayRef<llvm::StringRef> known);

/// "; did you mean `x`?" with the nearest of \p known; where none is near,
/// "; expected one of `x`, `y`", unless these are too many to read.
std::string suggestion(llvm::StringRef written,
                       llvm::ArrayRef<llvm::StringRef> known);

} // namespace looplint::models

#endif // LOOPLINT_LIB_MODELS_SPELLING_H
