"""What is kept of a walker: written so that it survives the SD card, power cuts, copies and damage.

Files of one walker, in a folder of their own:

- `current`: everything that changes: open days, positions, live values, goals, sitting, sessions. Replaced
  as a whole, atomically, by each commit; one commit holds what changed together in all parts of a walker.
- `blocks/<name>`: rows of finished days, weeks, months (a block of a `BlockMap`, or a stretch of a list).
  Written once and never changed; the name is the checksum of what it holds. `current` says which blocks
  there are.
- `copy/current`, `copy/<name>`: the last good copy, made once a day.

A block is filed (written) while `current` still holds its rows too, and leaves `current` only with the next
round of filing, hours later. A file that nobody names any more is deleted one round later still. So a copy
of the folder that somebody takes file by file, in any order, while we write, holds all of the moment at
which it took `current`: a block named there was written at least one round before, and is deleted at the
earliest one round after. Nothing but the replacing of `current` changes what is kept: a process that is
killed at any write leaves the state before or after, and files that the next rounds clear away. A row that
arrives late for a filed block puts the block into `current` again; it is filed anew, under another name.

`current` does not grow with age: the list of all blocks is a block too (`index`), filed in the same way.

What is read is checked: `current` by its checksum, its walker and its version, each block by its name. A
block that is damaged or missing is taken from the copy, which is the same by its name. If `current` itself
is lost, that is for the person to decide: nothing here begins anew by itself.

One version stands for all parts of a walker together (`versions.py`); older ones are lifted step by step.
"""
