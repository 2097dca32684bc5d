# RUN: %looplint check --emit=program --no-skip %s | FileCheck %s --strict-whitespace
# Imports are binds, at the place where they are executed.
from __future__ import annotations
import a
import a.b.c
import a.b.c as d, e
from f import g, h as i
from . import j
from ..k.l import (m as n,)
from .... import o
from p import *

try:
    import fast as impl
except ImportError:
    impl = None


def late():
    import q.r
    return q.r.s

# CHECK-LABEL: {{^}}module
# CHECK-NEXT:   annotations = import __future__:annotations
# CHECK-NEXT:   a = module a
# CHECK-NEXT:   a = module a
# CHECK-NEXT:   evaluate module a.b.c
# CHECK-NEXT:   d = module a.b.c
# CHECK-NEXT:   e = module e
# CHECK-NEXT:   g = import f:g
# CHECK-NEXT:   i = import f:h
# CHECK-NEXT:   j = import .:j
# CHECK-NEXT:   n = import ..k.l:m
# CHECK-NEXT:   o = import ....:o
# CHECK-NEXT:   import * from module p
# CHECK-NEXT:   try
# CHECK-NEXT:     impl = module fast
# CHECK-NEXT:   #[[#]] except ?ImportError
# CHECK-NEXT:     impl = None
# CHECK-NEXT:   end try
# CHECK-NEXT:   late = function late

# CHECK-LABEL: {{^}}def late()
# CHECK-NEXT:   q = module q
# CHECK-NEXT:   evaluate module q.r
# CHECK-NEXT:   return q.r.s
