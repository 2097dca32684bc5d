//===- ReadEffect.cpp - the verbs and their keys --------------------------===//
//
// One function a verb. Effects.def binds them: without one it does not compile.
//
//===----------------------------------------------------------------------===//

#include "Reader.h"

#include "llvm/ADT/STLExtras.h"

using namespace looplint;
using namespace looplint::models;

namespace {

class EffectReader {
public:
  EffectReader(TableReader &table, const Scope &scope, Effect &effect)
      : table(table), scope(scope), effect(effect) {}

  void read();
  /// What an entry has in place of a verb.
  void readHook();

private:
#define EFFECT(Name, spelling, description) void read##Name();
#include "looplint/Models/Effects.def"

  void readLock();
  void readArguments();
  void readCall(llvm::StringRef key);
  void readPlace();
  void readLoopOf(llvm::ArrayRef<Place> places);
  Reference value(llvm::StringRef key);
  Reference requiredValue(llvm::StringRef key);
  Reference loop(llvm::StringRef key = "loop");
  Reference receiverUnlessGiven();
  Reference requiredLoop();

  TableReader &table;
  const Scope &scope;
  Effect &effect;
};

} // namespace

//===----------------------------------------------------------------------===//
// What verbs have in common
//===----------------------------------------------------------------------===//

Reference EffectReader::value(llvm::StringRef key) {
  const TomlValue *text = table.ask(key, TomlValue::String);
  return text ? readReference(*text, Meaning::Value, scope, table.complaints)
              : Reference();
}

Reference EffectReader::requiredValue(llvm::StringRef key) {
  const TomlValue *text = table.require(key, TomlValue::String);
  return text ? readReference(*text, Meaning::Value, scope, table.complaints)
              : Reference();
}

Reference EffectReader::loop(llvm::StringRef key) {
  const TomlValue *text = table.ask(key, TomlValue::String);
  return text ? readReference(*text, Meaning::Loop, scope, table.complaints)
              : Reference();
}

Reference EffectReader::requiredLoop() {
  const TomlValue *text = table.require("loop", TomlValue::String);
  return text ? readReference(*text, Meaning::Loop, scope, table.complaints)
              : Reference();
}

/// `loop`, which is the receiver where there is one.
Reference EffectReader::receiverUnlessGiven() {
  if (table.has("loop") || !scope.hasReceiver)
    return requiredLoop();
  table.ask("loop");
  return {Reference::Receiver, ""};
}

/// A parameter that holds all of them, or each of them in a list.
void EffectReader::readArguments() {
  effect.keywords = value("keywords");
  const TomlValue *arguments = table.ask("arguments");
  if (!arguments || arguments->kind == TomlValue::String) {
    effect.arguments = value("arguments");
    return;
  }
  for (const TomlValue *each : table.strings("arguments"))
    effect.passed.push_back(
        readReference(*each, Meaning::Value, scope, table.complaints));
}

/// A callable and where its arguments come from.
void EffectReader::readCall(llvm::StringRef key) {
  effect.callable = value(key);
  readArguments();
  for (llvm::StringRef passed : {"arguments", "keywords"})
    if (table.has(passed) && !table.has(key))
      table.complain(*table.table.find(passed),
                     "`" + passed + "` of what call; expected `" + key +
                         "`, too");
}

/// Where something is called, and what it may be.
void EffectReader::readPlace() {
  table.require("on", TomlValue::String);
  effect.on = table.enumerator("on", placeSpellings, Place::Unspecified);
  effect.syncOn =
      table.enumerator("sync_on", placeSpellings, Place::Unspecified);
  effect.accepts = table.enumerator("accepts", acceptsSpellings, Accepts::Sync);
  effect.byName = table.boolean("by_name");
  effect.repeated = table.boolean("repeated");
  effect.isTest = table.boolean("test");
  for (const TomlValue *type : table.strings("gives"))
    readTypeName(*type, table.complaints, effect.gives);
}

/// `loop`, where one of \p places is where something is called.
void EffectReader::readLoopOf(llvm::ArrayRef<Place> places) {
  effect.loop = loop();
  if (!table.has("loop") || llvm::is_contained(places, effect.on) ||
      llvm::is_contained(places, effect.syncOn))
    return;
  table.complain(*table.table.find("loop"), "`loop` says nothing here; "
                                            "expected it beside "
                                            "`on = \"loop\"`");
}

void EffectReader::readHook() {
  readPlace();
  readLoopOf({Place::Loop, Place::Main});
  if (effect.on == Place::Loop && !table.has("loop"))
    effect.loop = {Reference::MainLoop, ""};
}

//===----------------------------------------------------------------------===//
// Verbs
//===----------------------------------------------------------------------===//

void EffectReader::readCurrentLoop() {
  static constexpr Spelled<bool> needs[] = {{"policy", false},
                                            {"running", true}};
  effect.needsRunning = table.enumerator("needs", needs, false);
  effect.raisesSince = table.version("raises_since");
  effect.until = table.version("until");
}

/// Without `loop` it is what the call returns, or constructs.
void EffectReader::readNewLoop() { effect.loop = loop(); }

/// Without `loop` none is set.
void EffectReader::readSetLoop() {
  effect.loop = loop();
  effect.pushes = table.boolean("pushes");
  effect.subject = value("pops");
}

void EffectReader::readSetPolicy() { effect.subject = requiredValue("policy"); }

void EffectReader::readCloseLoop() { effect.loop = receiverUnlessGiven(); }

void EffectReader::readStopLoop() { effect.loop = receiverUnlessGiven(); }

void EffectReader::readRestartLoop() { effect.loop = receiverUnlessGiven(); }

void EffectReader::readShareLoops() {}

void EffectReader::readOccupies() {
  effect.loop = requiredLoop();
  effect.subject = requiredValue("with");
}

/// Without `with` it is all that the loop has.
void EffectReader::readVacates() {
  effect.loop = loop();
  effect.subject = value("with");
}

void EffectReader::readRunLoop() {
  static constexpr Spelled<bool> leaves[] = {{"none", true}};
  effect.loop = receiverUnlessGiven();
  effect.subject = value("drives");
  readCall("calls");
  if (table.has("drives") && table.has("calls"))
    table.complain(*table.table.find("calls"),
                   "`calls` beside `drives`; expected one of them");
  effect.forever = table.boolean("forever");
  effect.exhausts = table.boolean("exhausts");
  effect.leavesNoCurrentLoop = table.enumerator("leaves", leaves, false);
  effect.reentry =
      table.enumerator("reentry", reentrySpellings, Reentry::Raises);
}

void EffectReader::readArms() {
  effect.loop = loop();
  effect.servesArmed = table.boolean("serves");
  if (!table.has("loop"))
    effect.loop = {Reference::CurrentLoop, ""};
}

void EffectReader::readInvokes() {
  static constexpr Spelled<bool> timings[] = {{"now", false}, {"later", true}};
  table.require("callable", TomlValue::String);
  readCall("callable");
  readPlace();
  readLoopOf({Place::Loop});
  if (effect.on == Place::Loop && !table.has("loop"))
    effect.loop = {Reference::RunningLoop, ""};
  effect.later = table.enumerator("timing", timings, false);
  effect.initializer = value("initializer");
  effect.receiver = value("receiver");
  effect.raisesSince = table.version("raises_since");
  readPromises(table, effect);
  effect.interpreter = table.enumerator("interpreter", interpreterSpellings,
                                        InterpreterChange::None);
}

void EffectReader::readWaitsFor() {
  effect.loop = loop();
  effect.timeout = value("timeout");
}

void EffectReader::readTests() {
  if (!table.require("what", TomlValue::String))
    return;
  effect.test =
      table.enumerator("what", testSubjectSpellings, TestSubject::RunningLoop);
  effect.form = table.enumerator("form", testFormSpellings, TestForm::True);
  const bool aboutALoop = isAboutALoop(effect.test);
  effect.subject = aboutALoop ? loop("of") : value("of");
  const bool given = table.has("of");
  if (!hasSubject(effect.test)) {
    if (given)
      table.complain(*table.table.find("of"),
                     "`of` says nothing here: this tests where the code runs");
    return;
  }
  if (!given && scope.hasReceiver)
    effect.subject = {Reference::Receiver, ""};
  if (!given && !scope.hasReceiver)
    table.require("of", TomlValue::String);
  if (aboutALoop)
    effect.loop = effect.subject;
}

void EffectReader::readBlocks() {
  static constexpr Spelled<bool> tiers[] = {{"default", false},
                                            {"opt-in", true}};
  static constexpr Spelled<bool> units[] = {{"s", false}, {"ms", true}};
  table.require("category", TomlValue::String);
  effect.category = table.word("category", blockCategories);
  effect.timeout = value("timeout");
  effect.inMilliseconds = table.enumerator("unit", units, false);
  effect.twin = table.string("twin");
  effect.offload = table.string("offload");
  effect.optIn = table.enumerator("tier", tiers, false);
}

void EffectReader::readLoopAffine() {
  effect.loop = receiverUnlessGiven();
  effect.twin = table.string("twin");
  effect.unlessShared = table.boolean("unless_shared");
}

void EffectReader::readLoopBound() {
  static constexpr Spelled<bool> times[] = {{"construction", true},
                                            {"first-use", false}};
  effect.atConstruction = table.enumerator("when", times, true);
  effect.until = table.version("until");
  effect.loop = loop();
}

void EffectReader::readCoroutine() {
  static constexpr Spelled<bool> needs[] = {{"running", true}};
  effect.needsRunning = table.enumerator("needs", needs, false);
}

// Each says all of it by its name.
void EffectReader::readTask() {}
void EffectReader::readBatches() {}
void EffectReader::readReentersLoop() {}

void EffectReader::readCaches() {
  effect.cache = table.enumerator("use", cacheSpellings, CacheUse::Keeps);
}

void EffectReader::readKeeps() {
  effect.keepsElements = table.has("each");
  effect.keepsResult = table.boolean("result");
  effect.subject = value("each");
  effect.loop = loop();
  if (!effect.keepsElements && !effect.keepsResult && !effect.loop)
    effect.subject = requiredValue("value");
  readArguments();
  effect.field = readField(table, scope);
  effect.holder = value("in");
  if (!effect.holder && !scope.hasReceiver)
    table.require("in", TomlValue::String);
  if (!effect.holder)
    effect.holder = {Reference::Receiver, ""};
}

/// `lock`, which is the receiver where there is one.
void EffectReader::readLock() {
  effect.subject = value("lock");
  if (effect.subject)
    return;
  effect.subject = {Reference::Receiver, ""};
  if (!scope.hasReceiver)
    table.require("lock", TomlValue::String);
}

void EffectReader::readLocks() {
  static constexpr Spelled<Reentry> reentries[] = {
      {"hangs", Reentry::Hangs}, {"allowed", Reentry::Allowed}};
  readLock();
  effect.reentry = table.enumerator("reentry", reentries, Reentry::Hangs);
}

void EffectReader::readUnlocks() { readLock(); }

void EffectReader::readInterpreter() {
  table.require("becomes", TomlValue::String);
  effect.interpreter = table.enumerator("becomes", interpreterSpellings,
                                        InterpreterChange::None);
}

void EffectReader::readRetired() { readRetirement(table, scope, effect); }

void EffectReader::readEntry() {
  table.complain(table.table, "`entry` on a function; expected it under "
                              "`entries`, which frameworks call");
}

//===----------------------------------------------------------------------===//
// All of them
//===----------------------------------------------------------------------===//

void EffectReader::read() {
  switch (effect.kind) {
#define EFFECT(Name, spelling, description)                                    \
  case EffectKind::Name:                                                       \
    read##Name();                                                              \
    break;
#include "looplint/Models/Effects.def"
  }
  effect.conditions = readConditions(table, scope);
}

static void readOne(EffectKind kind, const TomlValue &value, const Scope &scope,
                    Complaints &complaints, std::vector<Effect> &result) {
  TableReader table(value, ("`" + spelling(kind) + "`").str(), complaints);
  Effect effect;
  effect.kind = kind;
  EffectReader(table, scope, effect).read();
  table.finish();
  result.push_back(std::move(effect));
}

void models::readEffects(EffectKind kind, const TomlValue &value,
                         const Scope &scope, Complaints &complaints,
                         std::vector<Effect> &result) {
  if (value.kind == TomlValue::Boolean && value.boolean) {
    // The same as `{}`: what the verb needs is then asked for.
    TomlValue empty;
    empty.place = value.place;
    readOne(kind, empty, scope, complaints, result);
    return;
  }
  if (value.kind == TomlValue::Table) {
    readOne(kind, value, scope, complaints, result);
    return;
  }
  const bool isList =
      value.kind == TomlValue::Array &&
      llvm::all_of(value.elements, [](const TomlValue &element) {
        return element.kind == TomlValue::Table;
      });
  if (!isList) {
    complaints.add(value.place, "`" + spelling(kind) +
                                    "` takes `true`, a table or an array of "
                                    "tables");
    return;
  }
  for (const TomlValue &element : value.elements)
    readOne(kind, element, scope, complaints, result);
}

Effect models::readEntry(TableReader &table) {
  Effect effect;
  effect.kind = EffectKind::Entry;
  // A hook's receiver is the user's object; it has no parameters to speak of.
  const Scope scope = {{}, true};
  EffectReader(table, scope, effect).readHook();
  return effect;
}
