/* Both directions of a minGRU layer, forward and backward, for training on a CPU.
   g: [b][t][4h] pre-activations: gate forward, candidate forward, gate backward, candidate backward.
   h_t = h_before + z (c - h_before) with c = T(candidate), z = 0.5 + 0.5 T(gate / 2), T(x) = x - 4/27 x^3 on [-1.5, 1.5], +-1
   outside; words beyond a sentence's length stay 0.
   gcc -O3 -march=native -ffast-math -fopenmp -shared -fPIC scan.c -o work/scan.so -lm */
#include <string.h>

#define CUBE (4.0f / 27.0f)

static void step(const float *g, const float *before, float *out, int h) {
    for (int i = 0; i < h; i++) {
        float a = 0.5f * g[i], c = g[h + i];
        a = a > 1.5f ? 1.5f : a < -1.5f ? -1.5f : a;
        c = c > 1.5f ? 1.5f : c < -1.5f ? -1.5f : c;
        float z = 0.5f + 0.5f * (a - CUBE * a * a * a);
        out[i] = before[i] + z * ((c - CUBE * c * c * c) - before[i]);
    }
}

void scan_forward(const float *g, const int *len, float *out, int b, int t, int h) {
    #pragma omp parallel for schedule(dynamic, 1)
    for (int k = 0; k < b; k++) {
        const float *gk = g + (long)k * t * 4 * h;
        float *ok = out + (long)k * t * 2 * h;
        float zero[1024] = {0};
        for (int i = 0; i < len[k]; i++)
            step(gk + (long)i * 4 * h, i ? ok + (long)(i - 1) * 2 * h : zero, ok + (long)i * 2 * h, h);
        for (int i = len[k] - 1; i >= 0; i--)
            step(gk + (long)i * 4 * h + 2 * h, i + 1 < len[k] ? ok + (long)(i + 1) * 2 * h + h : zero, ok + (long)i * 2 * h + h, h);
        memset(ok + (long)len[k] * 2 * h, 0, sizeof(float) * (long)(t - len[k]) * 2 * h);
    }
}

static void back(const float *g, const float *before, const float *dout, float *carry, float *dg, int h) {
    for (int i = 0; i < h; i++) {
        float a = 0.5f * g[i], c = g[h + i], d = dout[i] + carry[i];
        a = a > 1.5f ? 1.5f : a < -1.5f ? -1.5f : a;
        c = c > 1.5f ? 1.5f : c < -1.5f ? -1.5f : c;
        float z = 0.5f + 0.5f * (a - CUBE * a * a * a), s = c - CUBE * c * c * c;
        dg[i] = d * (s - before[i]) * 0.25f * (1.0f - 3.0f * CUBE * a * a);
        dg[h + i] = d * z * (1.0f - 3.0f * CUBE * c * c);
        carry[i] = d * (1.0f - z);
    }
}

void scan_backward(const float *g, const float *out, const float *dout, const int *len, float *dg, int b, int t, int h) {
    #pragma omp parallel for schedule(dynamic, 1)
    for (int k = 0; k < b; k++) {
        const float *zk = g + (long)k * t * 4 * h, *ok = out + (long)k * t * 2 * h, *dk = dout + (long)k * t * 2 * h;
        float *gk = dg + (long)k * t * 4 * h;
        float zero[1024] = {0}, carry[1024] = {0};
        for (int i = len[k] - 1; i >= 0; i--)
            back(zk + (long)i * 4 * h, i ? ok + (long)(i - 1) * 2 * h : zero, dk + (long)i * 2 * h, carry, gk + (long)i * 4 * h, h);
        memset(carry, 0, sizeof carry);
        for (int i = 0; i < len[k]; i++)
            back(zk + (long)i * 4 * h + 2 * h, i + 1 < len[k] ? ok + (long)(i + 1) * 2 * h + h : zero, dk + (long)i * 2 * h + h, carry,
                 gk + (long)i * 4 * h + 2 * h, h);
        memset(gk + (long)len[k] * 4 * h, 0, sizeof(float) * (long)(t - len[k]) * 4 * h);
    }
}
