// SPDX-License-Identifier: Apache-2.0
// The compiled tables (KH_TABLES_FILE), linked in as they are.
  .section .rodata
  .balign 64
  .globl kh_builtin_tables
  .hidden kh_builtin_tables
kh_builtin_tables:
  .incbin KH_TABLES_FILE
  .globl kh_builtin_tables_end
  .hidden kh_builtin_tables_end
kh_builtin_tables_end:
  .byte 0
  .section .note.GNU-stack, "", %progbits
