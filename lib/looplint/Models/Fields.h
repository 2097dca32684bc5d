//===- Fields.h - what each structure of a model consists of --------------===//
//
// Written once and walked by two archives: one writes the tables that are
// compiled into the binary, the other reads them. So the two cannot disagree
// on the order of fields, and a new field costs one word here.
//
//===----------------------------------------------------------------------===//

#ifndef LOOPLINT_LIB_MODELS_FIELDS_H
#define LOOPLINT_LIB_MODELS_FIELDS_H

#include "looplint/Models/Models.h"

namespace looplint::models {

/// A module-level object of a library.
struct ApiObject {
  Returned value;
  std::uint16_t library = 0; // into ModelSet::libraries()
};

template <typename Archive> void visit(Archive &archive, Reference &value) {
  archive(value.kind);
  if (value.kind == Reference::Parameter ||
      value.kind == Reference::ParameterField ||
      value.kind == Reference::PackedRest ||
      value.kind == Reference::LibraryFunction ||
      value.kind == Reference::ReceiverField)
    archive(value.name);
}

template <typename Archive> void visit(Archive &archive, Condition &value) {
  archive(value.parameter, value.kind, value.name);
}

template <typename Archive> void visit(Archive &archive, Effect &value) {
  archive(value.kind, value.conditions, value.loop, value.subject,
          value.callable, value.arguments, value.passed, value.keywords,
          value.receiver, value.gives, value.givesOf, value.byName,
          value.orDeclared, value.needsRunning, value.raisesSince,
          value.deprecated, value.leavesNoCurrentLoop, value.forever,
          value.exhausts, value.pushes, value.unlessShared, value.reentry,
          value.on, value.syncOn, value.accepts, value.later, value.repeated,
          value.pins, value.announces, value.frees, value.closure, value.isTest,
          value.initializer, value.interpreter, value.test, value.form,
          value.timeout, value.inMilliseconds, value.category, value.twin,
          value.offload, value.optIn, value.atConstruction, value.until,
          value.cache, value.servesArmed, value.keepsElements,
          value.keepsResult, value.holder, value.field);
}

template <typename Archive> void visit(Archive &archive, Returned &value) {
  archive(value.kind, value.type, value.types, value.reference, value.name,
          value.number, value.loop, value.conditions);
}

template <typename Archive>
void visit(Archive &archive, ModelParameter &value) {
  archive(value.name, value.keywordOnly, value.isRest, value.isRestKeywords);
}

template <typename Archive> void visit(Archive &archive, ApiFunction &value) {
  archive(value.name, value.parameters, value.effects, value.returned,
          value.alternatives, value.isCoroutine, value.isProperty,
          value.isReady, value.decorates, value.isStatic, value.library,
          value.since, value.removed);
}

template <typename Archive> void visit(Archive &archive, StartupHook &value) {
  archive(value.definition, value.registration, value.argument, value.unless);
}

template <typename Archive> void visit(Archive &archive, ApiType &value) {
  archive(value.name, value.bases, value.constructor, value.stores,
          value.methods, value.attributes, value.entries, value.isLoop,
          value.isPool, value.isAwaitable, value.library, value.suppressesAll,
          value.suppressed, value.token, value.errorToken, value.awaited,
          value.lent, value.started, value.startable, value.loopTwin,
          value.startup);
}

template <typename Archive> void visit(Archive &archive, ApiObject &value) {
  archive(value.value, value.library);
}

template <typename Archive> void visit(Archive &archive, EntryRule &value) {
  archive(value.imports, value.file, value.function, value.effect,
          value.library);
}

template <typename Archive> void visit(Archive &archive, LibraryInfo &value) {
  archive(value.name, value.language, value.versions, value.source,
          value.origin, value.functions, value.types);
}

} // namespace looplint::models

#endif // LOOPLINT_LIB_MODELS_FIELDS_H
