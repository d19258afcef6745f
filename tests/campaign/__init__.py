"""What is thrown at the program by the thousand: hostile files, lies, kills, random conferences."""
