# What Cython needs beside compiled.py: the loops over a block that are compiled twice.
#
# Once for every processor of the architecture, and once for those that take four numbers at a
# time; the better one is chosen when the program is loaded. Both give the same bits, because
# no operation is fused. Elsewhere than with GCC and the GNU C library there is only the first.

cdef extern from *:
    """
    #if defined(__x86_64__) && defined(__GLIBC__) && defined(__GNUC__) && !defined(__clang__)
    #define TWICE __attribute__((target_clones("avx2", "default")))
    TWICE static void contacts_exponentials(
        unsigned long long *, long long, unsigned long long, double, double, double);
    TWICE static void contacts_lognormals(
        unsigned long long *, long long, unsigned long long, double, double, double, double);
    #endif
    """

cdef void _exponentials "contacts_exponentials"(
    unsigned long long *block,
    long long count,
    unsigned long long purpose,
    double zero_share,
    double cap,
    double mean,
) noexcept

cdef void _lognormals "contacts_lognormals"(
    unsigned long long *block,
    long long count,
    unsigned long long purpose,
    double zero_share,
    double cap,
    double mu,
    double sigma,
) noexcept
