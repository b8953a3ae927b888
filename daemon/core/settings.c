/* settings.c — what master and workers themselves need of netlabd.conf. */
#include "core/settings.h"

#include <assert.h>

const char *
settings_role_name(enum role role)
{
	static const char *const names[ROLE_COUNT] = {
	    [ROLE_HTTP] = "http",
	    [ROLE_DNS] = "dns",
	    [ROLE_TIME] = "time",
	    [ROLE_LAB] = "lab",
	};

	assert((unsigned)role < ROLE_COUNT);
	return names[role];
}

const struct settings *
settings_of(const struct image *image)
{
	struct span part = image_part(image, IMAGE_PART_SETTINGS);

	/* Another size: another version of the program wrote it. */
	if (part.len != sizeof(struct settings))
		return NULL;
	return (const struct settings *)(const void *)part.data;
}
