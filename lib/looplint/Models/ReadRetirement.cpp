//===- ReadRetirement.cpp - `retired`: what versions of a language drop ---===//

#include "Reader.h"

using namespace looplint;
using namespace looplint::models;

void models::readRetirement(TableReader &table, const Scope &scope,
                            Effect &effect) {
  effect.deprecated = table.version("deprecated");
  effect.raisesSince = table.version("removed");
  if (const TomlValue *text = table.ask("parameter", TomlValue::String)) {
    if (scope.hasParameter(text->string))
      effect.subject = {Reference::Parameter, text->string};
    else
      complainNoParameter(text->string, text->place, scope, table.complaints);
  }
}

void models::finishRetirement(TableReader &table, ApiFunction &function) {
  for (Effect &effect : function.effects) {
    if (effect.kind != EffectKind::Retired)
      continue;
    if (effect.raisesSince == 0)
      effect.raisesSince = function.removed;
    if (effect.raisesSince <= effect.deprecated)
      table.complain(*table.table.find(spelling(EffectKind::Retired)),
                     "`retired` needs `removed`, behind `deprecated`");
  }
}
