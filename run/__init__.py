"""How a run goes: its inputs, its workers, its state, and the tables as documents come.

``one.py`` reads one input to its finished result, ``state.py`` keeps results beside the output,
``publisher.py`` writes them in the order of the inputs. Like ``pipeline.py``, which calls it, this
wing knows the other three; none of them knows it.
"""
