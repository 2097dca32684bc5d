//===- Builtin.cpp - the models compiled into this binary -----------------===//
//
// In a library of its own beside the generated image: the model compiler, which
// writes that image, is made of all the rest of the room.
//
//===----------------------------------------------------------------------===//

#include "Builtin.h"

#include "ModelTables.h"

using namespace looplint;

ModelSet ModelSet::builtin() {
  return ModelSet(std::make_unique<Tables>(models::builtinImage()));
}
