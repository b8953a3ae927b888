/* master_admin_path.c — where the admin socket is. */
#include "master/master_admin_path.h"

#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

bool
master_admin_path(const char *pidfile, struct sockaddr_un *address)
{
	size_t len = strlen(pidfile);

	if (len >= 4 && strcmp(pidfile + len - 4, ".pid") == 0)
		len -= 4;
	*address = (struct sockaddr_un){.sun_family = AF_UNIX};
	if (len + sizeof(".ctl") > sizeof(address->sun_path))
		return false;
	memcpy(address->sun_path, pidfile, len);
	memcpy(address->sun_path + len, ".ctl", sizeof(".ctl"));
	return true;
}
