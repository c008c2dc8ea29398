"""Compiles the search when a plan is first asked for, never as the program starts.

Kernels are ordinary Python until ``compiled`` puts their compiled selves in their place. Machine
code is kept on disk, so that only the first plan after an update waits for it.
"""

import hashlib
from collections.abc import Callable
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any, TypeVar

from painprogram.domain.errors import Refused
from painprogram.i18n import _

F = TypeVar("F", bound=Callable[..., Any])
N = TypeVar("N")

_marked: list[tuple[Callable[..., Any], bool]] = []


def kernel(function: F) -> F:
    """To be compiled; called by name from other kernels of its module that stand below it."""
    _marked.append((function, False))
    return function


def inlined(function: F) -> F:
    """The same, written out wherever it is called."""
    _marked.append((function, True))
    return function


def bare(numbers: N) -> N:
    """The same numbers; compiled, a bare pointer to them.

    An array is counted in and out of every function, which costs more than most of them do.
    """
    return numbers


@cache
def compiled(*modules: ModuleType) -> None:
    """Put compiled kernels in place in *modules*; Refused where the compiler is missing."""
    try:
        import numba
        from numba.core import config as numba_config
    except ImportError as error:
        raise Refused(missing()) from error
    pointer = _pointer()
    for module in modules:
        if hasattr(module, bare.__name__):
            setattr(module, bare.__name__, pointer)
    config: Any = numba_config  # its settings are not declared
    usual = config.CACHE_DIR
    kept = _kept(modules)
    config.CACHE_DIR = str(kept or "")
    try:
        for function, inline in _marked:
            made = numba.njit(
                cache=kept is not None, nogil=True, forceinline=inline, error_model="numpy"
            )
            name = function.__name__
            for module in modules:
                if getattr(module, name, None) is function:
                    setattr(module, name, made(function))
    finally:
        config.CACHE_DIR = usual


def _pointer() -> Any:
    """``bare`` for the compiler."""
    from numba.core import types as numba_types
    from numba.extending import intrinsic

    types: Any = numba_types

    def typed(_context: Any, array: Any) -> Any:
        def written(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
            struct = context.make_array(signature.args[0])(context, builder, arguments[0])
            return struct.data

        return types.CPointer(array.dtype)(array), written

    return intrinsic(typed)


def _kept(modules: tuple[ModuleType, ...]) -> Path | None:
    """Where machine code of just these sources is kept; None where the sources are not there.

    The compiler looks at the file of a function alone; were the file of a function that it calls
    changed, it would go on with the old one.
    """
    files = [Path(str(module.__file__)) for module in modules]
    if not all(file.exists() for file in files):
        return None
    digest = hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()
    return files[0].parent / "__pycache__" / f"kernel-{digest[:12]}"


def missing() -> str:
    return _(
        "The automatic planner is not installed here. Install Painprogram with its extra “planner”."
    )
