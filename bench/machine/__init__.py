"""What a measurement needs of the machine: environments of the peers, nginx, Debian packages."""
