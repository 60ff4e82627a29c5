import { ByteWriter, MODULE_HEADER } from './byteWriter.ts';
import {
  COUNTDOWN,
  FUNCTION,
  GAP,
  NEXT,
  NODE_BYTES,
  NODES,
  OVERFLOWED,
  PARENT,
  SLOT_FUNCTION,
  SLOT_NODE,
  SLOT_PARENT,
  TABLE,
  TABLE_SLOTS,
  TREE_END,
} from './counterLayout.ts';
import { COUNTER_FLAGS, counterMemory } from './counterMemory.ts';
import * as op from './opcodes.ts';
import { FUNCREF, I32 } from './opcodes.ts';
import { enterBody, leaveBody } from './timing.ts';

/**
 * The module that all trampolines of a realm share. It imports `w.m` (the counter memory), `w.now`
 * (the clock, ms) and `w.first` (called with each node that is timed for the first time, and with 0
 * at TELL_FROM). It exports:
 * - `child(parent, slot) → node`: returns the child of a node in the crossing tree for a slot's
 *   function, creates it if missing, and caches it in the slot. If an export is called while the
 *   current node is that of an export that trapped, the child is added to that node's own parent.
 *   If the tree is full, the call goes to the function's own node below the root, so that counts
 *   stay exact.
 * - `enter(node) → start` and `leave(node, start)`: run around a timed call (timing.ts). They are
 *   in wasm because JavaScript that has run only a few hundred times takes ten times as long, and
 *   short pages never get further.
 * - `pairs(node, n)`: n timed calls of nothing, one after the other. `reads(node, n)`: only their
 *   beginnings, which read the clock at the same interval as a timed call of nothing. `repeat(n)`:
 *   n calls of the only function in the table `t`, initially `empty`. `fib(n) → n`: Fibonacci
 *   numbers by recursion, for the tier probe. The others measure the overhead of timing and
 *   counting.
 */
export function coreModule(memoryFlags = COUNTER_FLAGS): Uint8Array<ArrayBuffer> {
  const module = new ByteWriter();
  module.bytes(MODULE_HEADER);
  module.section(1, (types) => {
    types.u32(8);
    types.bytes([0x60, 2, I32, I32, 1, I32]); // 0: child
    types.bytes([0x60, 1, I32, 0]); // 1: first, repeat
    types.bytes([0x60, 2, I32, I32, 0]); // 2: pairs, reads
    types.bytes([0x60, 0, 1, op.f64]); // 3: now
    types.bytes([0x60, 0, 0]); // 4: empty
    types.bytes([0x60, 1, I32, 1, I32]); // 5: fib
    types.bytes([0x60, 1, I32, 1, op.f64]); // 6: enter
    types.bytes([0x60, 2, I32, op.f64, 0]); // 7: leave
  });
  module.section(2, (imports) => {
    imports.u32(3);
    imports.name('w').name('m').bytes(counterMemory(memoryFlags));
    imports.name('w').name('now').bytes([0, 3]);
    imports.name('w').name('first').bytes([0, 1]);
  });
  module.section(3, (functions) => functions.bytes([8, 0, 6, 7, 2, 2, 1, 4, 5]));
  module.section(4, (tables) => tables.bytes([1, FUNCREF, 0, 1]));
  module.section(7, (exports) => {
    exports.u32(9);
    ['child', 'enter', 'leave', 'pairs', 'reads', 'repeat', 'empty', 'fib'].forEach((name, at) => {
      exports
        .name(name)
        .byte(0)
        .u32(2 + at);
    });
    exports.name('t').bytes([1, 0]);
  });
  module.section(10, (code) => {
    code.u32(8);
    for (const write of [
      childBody,
      enterBody,
      leaveBody,
      pairsBody,
      readsBody,
      repeatBody,
      emptyBody,
      fibBody,
    ]) {
      const body = new ByteWriter();
      write(body);
      code.u32(body.length).bytes(body.view());
    }
  });
  return module.view();
}

function childBody(body: ByteWriter): void {
  const [parent, slot, fn, place, node, above] = [0, 1, 2, 3, 4, 5] as const;
  body.u32(1).u32(4).byte(I32);
  const remember = () => {
    body
      .byte(op.localGet)
      .u32(slot)
      .byte(op.localGet)
      .u32(parent)
      .byte(op.i32Store)
      .u32(2)
      .u32(SLOT_PARENT);
    body
      .byte(op.localGet)
      .u32(slot)
      .byte(op.localGet)
      .u32(node)
      .byte(op.i32Store)
      .u32(2)
      .u32(SLOT_NODE);
    body.byte(op.localGet).u32(node);
  };
  body
    .byte(op.localGet)
    .u32(slot)
    .byte(op.i32Load)
    .u32(2)
    .u32(SLOT_FUNCTION)
    .byte(op.localSet)
    .u32(fn);
  body.byte(op.localGet).u32(parent).byte(op.localTee).u32(above);
  //   An export below an export: the parent trapped, because wasm never calls exports. What runs
  //   after the trap belongs to the caller of the trapped function.
  body
    .byte(op.i32Load)
    .u32(2)
    .u32(FUNCTION)
    .byte(op.localGet)
    .u32(fn)
    .byte(op.i32Or)
    .byte(op.i32Const)
    .s32(1)
    .byte(op.i32And);
  body.byte(op.i32Eqz).byte(op.if).byte(op.void);
  body
    .byte(op.localGet)
    .u32(above)
    .byte(op.i32Load)
    .u32(2)
    .u32(PARENT)
    .byte(op.localSet)
    .u32(above)
    .byte(op.end);
  body.byte(op.loop).byte(op.void);
  // Fibonacci hashing of both keys (Knuth, TAOCP 3, 6.4): multipliers are odd, the top bits are
  // used.
  body
    .byte(op.localGet)
    .u32(above)
    .byte(op.i32Const)
    .s32(0x9e3779b1 | 0)
    .byte(op.i32Mul);
  body
    .byte(op.localGet)
    .u32(fn)
    .byte(op.i32Const)
    .s32(0x85ebca6b | 0)
    .byte(op.i32Mul);
  body
    .byte(op.i32Add)
    .byte(op.i32Const)
    .s32(32 - Math.log2(TABLE_SLOTS))
    .byte(op.i32ShrU);
  body.byte(op.localSet).u32(place);
  body.byte(op.loop).byte(op.void);
  //   node = table[place]
  body.byte(op.localGet).u32(place).byte(op.i32Const).s32(2).byte(op.i32Shl);
  body.byte(op.i32Load).u32(2).u32(TABLE).byte(op.localTee).u32(node);
  body.byte(op.if).byte(op.void);
  //     found: return
  body
    .byte(op.localGet)
    .u32(node)
    .byte(op.i32Load)
    .u32(2)
    .u32(PARENT)
    .byte(op.localGet)
    .u32(above)
    .byte(op.i32Eq);
  body
    .byte(op.localGet)
    .u32(node)
    .byte(op.i32Load)
    .u32(2)
    .u32(FUNCTION)
    .byte(op.localGet)
    .u32(fn)
    .byte(op.i32Eq);
  body.byte(op.i32And).byte(op.if).byte(op.void);
  remember();
  body.byte(op.return).byte(op.end);
  //     place = (place + 1) & mask; again
  body.byte(op.localGet).u32(place).byte(op.i32Const).s32(1).byte(op.i32Add);
  body
    .byte(op.i32Const)
    .s32(TABLE_SLOTS - 1)
    .byte(op.i32And)
    .byte(op.localSet)
    .u32(place);
  body.byte(op.br).u32(1);
  body.byte(op.end);
  // If the tree is full: the function's own node below the root, which always has room
  body.byte(op.i32Const).s32(0).byte(op.i32Load).u32(2).u32(NEXT);
  body.byte(op.i32Const).s32(0).byte(op.i32Load).u32(2).u32(TREE_END).byte(op.i32GeU);
  body.byte(op.localGet).u32(above).byte(op.i32Const).s32(NODES).byte(op.i32Ne).byte(op.i32And);
  body.byte(op.if).byte(op.void);
  body.byte(op.i32Const).s32(0).byte(op.i32Const).s32(0).byte(op.i32Load).u32(2).u32(OVERFLOWED);
  body.byte(op.i32Const).s32(1).byte(op.i32Add).byte(op.i32Store).u32(2).u32(OVERFLOWED);
  body.byte(op.i32Const).s32(NODES).byte(op.localSet).u32(above);
  body.byte(op.br).u32(2);
  body.byte(op.end).byte(op.end).byte(op.end);
  // Create the node.
  body.byte(op.i32Const).s32(0).byte(op.i32Load).u32(2).u32(NEXT).byte(op.localSet).u32(node);
  body
    .byte(op.i32Const)
    .s32(0)
    .byte(op.localGet)
    .u32(node)
    .byte(op.i32Const)
    .s32(NODE_BYTES)
    .byte(op.i32Add);
  body.byte(op.i32Store).u32(2).u32(NEXT);
  for (const [field, value] of [
    [COUNTDOWN, 1],
    [GAP, 1],
  ] as const) {
    body
      .byte(op.localGet)
      .u32(node)
      .byte(op.i32Const)
      .s32(value)
      .byte(op.i32Store)
      .u32(2)
      .u32(field);
  }
  for (const [field, local] of [
    [PARENT, above],
    [FUNCTION, fn],
  ] as const) {
    body
      .byte(op.localGet)
      .u32(node)
      .byte(op.localGet)
      .u32(local)
      .byte(op.i32Store)
      .u32(2)
      .u32(field);
  }
  body.byte(op.localGet).u32(place).byte(op.i32Const).s32(2).byte(op.i32Shl);
  body.byte(op.localGet).u32(node).byte(op.i32Store).u32(2).u32(TABLE);
  remember();
  body.byte(op.end);
}

/** Function indices. */
const ENTER = 3;
const LEAVE = 4;
const FIB = 9;

const pairsBody = (body: ByteWriter): void => timedLoop(body, true);
const readsBody = (body: ByteWriter): void => timedLoop(body, false);

function timedLoop(body: ByteWriter, leaves: boolean): void {
  const [node, left, start] = [0, 1, 2] as const;
  body.u32(1).u32(1).byte(op.f64);
  body.byte(op.loop).byte(op.void);
  body.byte(op.localGet).u32(node).byte(op.call).u32(ENTER).byte(op.localSet).u32(start);
  if (leaves)
    body.byte(op.localGet).u32(node).byte(op.localGet).u32(start).byte(op.call).u32(LEAVE);
  again(body, left);
}

function repeatBody(body: ByteWriter): void {
  body.u32(0).byte(op.loop).byte(op.void);
  body.byte(op.i32Const).s32(0).byte(op.callIndirect).u32(4).u32(0);
  again(body, 0);
}

/** Ends a loop that runs as often as a parameter says. */
function again(body: ByteWriter, left: number): void {
  body
    .byte(op.localGet)
    .u32(left)
    .byte(op.i32Const)
    .s32(1)
    .byte(op.i32Sub)
    .byte(op.localTee)
    .u32(left);
  body.byte(op.brIf).u32(0).byte(op.end).byte(op.end);
}

const emptyBody = (body: ByteWriter): void => void body.u32(0).byte(op.end);

function fibBody(body: ByteWriter): void {
  const recur = (less: number): void => {
    body
      .byte(op.localGet)
      .u32(0)
      .byte(op.i32Const)
      .s32(less)
      .byte(op.i32Sub)
      .byte(op.call)
      .u32(FIB);
  };
  body
    .u32(0)
    .byte(op.localGet)
    .u32(0)
    .byte(op.i32Const)
    .s32(2)
    .byte(op.i32LtU)
    .byte(op.if)
    .byte(I32)
    .byte(op.localGet)
    .u32(0)
    .byte(op.else);
  recur(1);
  recur(2);
  body.byte(op.i32Add).byte(op.end).byte(op.end);
}
