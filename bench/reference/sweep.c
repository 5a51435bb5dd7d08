/* The same exact sweep in C, for comparison: one theft, haircut (one layer) or poison, over the same arrays.
   cc -O3 -o sweep sweep.c;  sweep FILE haircut|poison THEFT_OUTPUT THEFT_TX REPEATS
   FILE: two u64 (transactions, outputs), then first_output u32[t+1], fee f64[t], value f64[o], spender u32[o].
   Prints the best time in milliseconds, then held and fees, which must be those of the other implementation. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

typedef unsigned __int128 wide;

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1e3 + t.tv_nsec / 1e6;
}

static void *load(FILE *file, size_t bytes) {
  void *at = malloc(bytes ? bytes : 1);
  if (!at || fread(at, 1, bytes, file) != bytes) {
    fprintf(stderr, "sweep: the file is too short\n");
    exit(2);
  }
  return at;
}

/* The least integer not below s*c/t. */
static inline uint64_t share_above(uint64_t s, uint64_t c, uint64_t t) {
  if (s == t) return c;
  wide product = (wide)s * c + t - 1;
  /* Most products fit 64 bits, whose division is several times faster. */
  return (uint64_t)(product >> 64) == 0 ? (uint64_t)product / t : (uint64_t)(product / t);
}

int main(int argc, char **argv) {
  if (argc != 6) return 2;
  FILE *file = fopen(argv[1], "rb");
  if (!file) return 2;
  uint64_t head[2];
  if (fread(head, 8, 2, file) != 2) return 2;
  const size_t txs = head[0], outputs = head[1];
  uint32_t *first = load(file, 4 * (txs + 1));
  double *fee_d = load(file, 8 * txs);
  double *value_d = load(file, 8 * outputs);
  uint32_t *spender = load(file, 4 * outputs);
  /* Amounts as integers: C divides those. */
  uint64_t *fee = (uint64_t *)fee_d, *value = (uint64_t *)value_d;
  for (size_t i = 0; i < txs; i++) fee[i] = (uint64_t)fee_d[i];
  for (size_t i = 0; i < outputs; i++) value[i] = (uint64_t)value_d[i];
  const int poison = strcmp(argv[2], "poison") == 0;
  const uint32_t theft = strtoul(argv[3], 0, 10), theft_tx = strtoul(argv[4], 0, 10);
  double best = 1e300;
  uint64_t held = 0, fees = 0, count = 0;
  for (int repeat = atoi(argv[5]); repeat > 0; repeat--) {
    const double start = now();
    held = fees = count = 0;
    size_t room = 1024;
    uint32_t *held_output = malloc(4 * room);
    uint64_t *held_amount = malloc(8 * room);
#define HOLD(o, a)                                                 \
  do {                                                             \
    if (count == room) {                                           \
      room *= 2;                                                   \
      held_output = realloc(held_output, 4 * room);                \
      held_amount = realloc(held_amount, 8 * room);                \
    }                                                              \
    held_output[count] = (o);                                      \
    held_amount[count++] = (a);                                    \
  } while (0)
    if (poison) {
      uint32_t *taken = calloc(txs, 4);
      if (spender[theft] < txs) taken[spender[theft]] |= 1;
      else HOLD(theft, value[theft]);
      for (size_t t = theft_tx + 1; t < txs; t++) {
        const uint32_t bits = taken[t];
        if (!bits) continue;
        for (uint32_t o = first[t]; o < first[t + 1]; o++) {
          if (!value[o]) continue;
          if (spender[o] < txs) taken[spender[o]] |= bits;
          else HOLD(o, value[o]);
        }
      }
      free(taken);
    } else {
      uint64_t *taken = calloc(txs, 8);
      if (spender[theft] < txs) taken[spender[theft]] += value[theft];
      else HOLD(theft, value[theft]);
      for (size_t t = theft_tx + 1; t < txs; t++) {
        uint64_t left = taken[t];
        if (!left) continue;
        uint64_t total = fee[t];
        for (uint32_t o = first[t]; o < first[t + 1]; o++) total += value[o];
        for (uint32_t o = first[t]; o < first[t + 1]; o++) {
          const uint64_t amount = value[o];
          if (!amount) continue;
          const uint64_t part = share_above(left, amount, total);
          left -= part;
          total -= amount;
          if (!part) continue;
          if (spender[o] < txs) taken[spender[o]] += part;
          else HOLD(o, part);
        }
        fees += left;
      }
      free(taken);
    }
    const double took = now() - start;
    if (took < best) best = took;
    for (uint64_t i = 0; i < count; i++) held += held_amount[i];
    free(held_output);
    free(held_amount);
  }
  printf("%.3f %llu %llu %llu\n", best, (unsigned long long)held, (unsigned long long)fees, (unsigned long long)count);
  return 0;
}
