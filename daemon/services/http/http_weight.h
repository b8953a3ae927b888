/* http_weight.h — how much a client likes what it takes: "…;q=0.8" (RFC 9110
 * §12.4.2). Pure. */
#ifndef NETLAB_SERVICES_HTTP_WEIGHT_H
#define NETLAB_SERVICES_HTTP_WEIGHT_H

#include "core/span.h"

#include <stdbool.h>

/* Weights are counted in thousandths, three decimals at most. */
enum { HTTP_WEIGHT_MAX = 1000 };

/* Takes the weight, the last parameter of ELEMENT, off it; HTTP_WEIGHT_MAX
 * where there is none. False: another parameter stands last, or it is no weight
 * (ELEMENT is without it, WEIGHT as if there were none). */
bool http_weight_split(struct span *element, int *weight);

#endif
