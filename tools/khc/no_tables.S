// SPDX-License-Identifier: Apache-2.0
// The rules compiler makes the tables, so it has none built in.
  .section .rodata
  .globl kh_builtin_tables
  .globl kh_builtin_tables_end
kh_builtin_tables:
kh_builtin_tables_end:
  .byte 0
  .section .note.GNU-stack, "", %progbits
