//===- ReadAwaited.cpp - what models say for repairs, and of callbacks ----===//

#include "Reader.h"

using namespace looplint;
using namespace looplint::models;

void models::readAwaited(TableReader &table, Complaints &complaints,
                         ApiType &type) {
  type.token = table.string("token");
  type.errorToken = table.string("error_token");
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

void models::readPromises(TableReader &table, Effect &effect) {
  effect.pins = table.boolean("pins");
  for (const TomlValue *type : table.strings("announces"))
    readTypeName(*type, table.complaints, effect.announces);
  effect.frees = table.string("frees");
}
