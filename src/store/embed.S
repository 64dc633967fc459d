// SPDX-License-Identifier: Apache-2.0
// The statements that make a record's tables and views, linked in as they are written.
  .section .rodata
  .globl kh_store_schema
  .hidden kh_store_schema
kh_store_schema:
  .incbin KH_SCHEMA_FILE
  .byte 0
  .globl kh_store_views
  .hidden kh_store_views
kh_store_views:
  .incbin KH_VIEWS_FILE
  .byte 0
  .section .note.GNU-stack, "", %progbits
