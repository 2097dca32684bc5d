//===- ReadAwaited.cpp - what models say for repairs, and of callbacks ----===//

#include "Reader.h"

using namespace looplint;
using namespace looplint::models;

static StartupHook readStartup(const TomlValue &value, Complaints &complaints) {
  TableReader table(value, "`startup`", complaints);
  StartupHook hook;
  table.require("define", TomlValue::String);
  hook.definition = llvm::StringRef(table.string("define")).trim("\n").str();
  hook.registration = table.string("register");
  hook.argument = table.string("argument");
  for (const TomlValue *name : table.strings("unless"))
    hook.unless.push_back(name->string);
  table.finish();
  for (llvm::StringRef part : {"{hook}", "{start}"})
    if (!llvm::StringRef(hook.definition).contains(part))
      table.complain(value,
                     "`define` of no use; expected `" + part + "` in it");
  int ways = !hook.registration.empty() + !hook.argument.empty() +
             llvm::StringRef(hook.definition).starts_with("@{app}");
  if (ways != 1)
    table.complain(value, "a hook becomes known in one way; expected "
                          "`register`, `argument` or a decorator of `{app}`");
  return hook;
}

/// An expression with a closure in it.
static std::string readClosureUse(TableReader &table, llvm::StringRef key) {
  const TomlValue *use = table.ask(key, TomlValue::String);
  if (!use)
    return "";
  if (!llvm::StringRef(use->string).contains("{closure}"))
    table.complain(*use, "`" + key + "` of no use; expected `{closure}` in it");
  return use->string;
}

static void readClosures(TableReader &table, Complaints &complaints,
                         ApiType &type) {
  type.lent = readClosureUse(table, "lent");
  const TomlValue *started = table.ask("started", TomlValue::Table);
  if (!started)
    return;
  TableReader form(*started, "`started`", complaints);
  form.require("by", TomlValue::String);
  form.require("returns", TomlValue::String);
  type.started = readClosureUse(form, "by");
  type.startable = form.string("returns");
  form.finish();
}

void models::readAwaited(TableReader &table, Complaints &complaints,
                         ApiType &type) {
  type.token = table.string("token");
  type.errorToken = table.string("error_token");
  readClosures(table, complaints, type);
  if (const TomlValue *twin = table.ask("loop_twin", TomlValue::String))
    type.loopTwin = readName(twin->string, twin->place, "the twin", complaints);
  if (const TomlValue *hook = table.ask("startup", TomlValue::Table))
    type.startup = readStartup(*hook, complaints);
  const TomlValue *list = table.ask("awaited", TomlValue::Table);
  if (!list)
    return;
  for (const TomlEntry &entry : list->entries) {
    if (entry.value.kind != TomlValue::String)
      complaints.add(entry.value.place, "`" + entry.key + "` is " +
                                            describe(entry.value.kind) +
                                            "; expected what to await instead");
    std::string name =
        readName(entry.key, entry.place, "the function", complaints);
    if (!name.empty())
      type.awaited.emplace_back(std::move(name), entry.value.string);
  }
}

void models::readMethodsOf(TableReader &table, Returned &result) {
  const TomlValue *type = table.ask("methods", TomlValue::String);
  if (!type)
    return;
  if (result.kind == Returned::SameCallable)
    result.type =
        readName(type->string, type->place, "the type", table.complaints);
  else
    table.complain(*type, "`methods` of what; expected `same_as`, too");
}

void models::readPromises(TableReader &table, Effect &effect) {
  effect.pins = table.boolean("pins");
  for (const TomlValue *type : table.strings("announces"))
    readTypeName(*type, table.complaints, effect.announces);
  effect.frees = table.string("frees");
  effect.closure =
      table.enumerator("closure", closureSpellings, ClosureLife::Kept);
  effect.givesOf = table.string("gives_of");
  effect.orDeclared = table.boolean("or_declared");
}
