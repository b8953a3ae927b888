/* upper_load.h — the upper room's key, and the table of capitals. Loader
 * process only. */
#ifndef NETLAB_SERVICES_UPPER_LOAD_H
#define NETLAB_SERVICES_UPPER_LOAD_H

#include "service.h"

extern cfg_opt_t upper_load_options[];

/* Appends a struct upper_text_table, as libunistring has the capitals, to the
 * room's part. false: memory is short. */
bool upper_load_table(struct image_writer *image)
    __attribute__((warn_unused_result));

/* service.load: with `unicode`, writes the table; without, nothing. */
void upper_load(struct service_load *load);

#endif
