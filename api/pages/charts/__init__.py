"""Pictures: each function gives the options of an ECharts picture for rows of an answer."""
